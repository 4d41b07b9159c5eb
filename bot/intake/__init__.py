"""In: updates are taken by `polling` or a `webhook`, handled and committed in batches by `intake`, then confirmed."""
