INSERT INTO people (user_id, name, language, workshop_id, sheet_run_id, acting_for, room_id, dialogue, offers)
VALUES
    (5000000001, 'Amina <b>', 'en', NULL, NULL, NULL, NULL, NULL, '[]'),
    (5000000002, 'Bashir', 'ar', 1, 1, 1, 1, '{"kind":"code"}', '[["Yes","y:1","","",""]]');
INSERT INTO workshops (id, programme, title, first_on, country, zone, code, link_token, facilitator_token, created_at)
VALUES (1, 'innovation', 'Nairobi', '2026-03-02', 'KE', 'Africa/Nairobi', 'ABCDEF', 'l1', 'f1', '2026-03-01T08:00:00.000000+00:00');
INSERT INTO members (workshop_id, number, user_id, name, organisation, role, status, joined_at)
VALUES
    (1, 1, 5000000002, 'Bashir', 'Ministry', 'facilitator', 'active', '2026-03-01T08:00:00.000000+00:00'),
    (1, 2, NULL, 'Without a phone', '', 'participant', 'active', '2026-03-01T09:00:00.000000+00:00');
INSERT INTO formations (workshop_id, grouping, formed_at) VALUES (1, 'sixes', '2026-03-02T08:00:00.000000+00:00');
INSERT INTO groups (workshop_id, grouping, number, topics, scribe) VALUES (1, 'sixes', 1, '["data"]', 2);
INSERT INTO seats (workshop_id, grouping, member, group_number, counted) VALUES (1, 'sixes', 2, 1, 1);
INSERT INTO runs (id, workshop_id, exercise, group_number, step, opened_at, active_at)
VALUES (1, 1, '2.4.1.a', 1, 'iceberg', '2026-03-02T09:00:00.000000+00:00', '2026-03-02T09:05:00.000000+00:00');
INSERT INTO entries (run_id, number, step, author, entered_by, value, version, created_at, changed_at)
VALUES (1, 1, 'iceberg', 2, 1, '"Silos"', 1, '2026-03-02T09:01:00.000000+00:00', '2026-03-02T09:01:00.000000+00:00');
INSERT INTO broadcasts (id, workshop_id, sender, audience, text, attachment, due_at, sent_at, stopped_at, stopped_by, aloud)
VALUES (1, 1, 1, '{"to":"groups","grouping":"sixes","groups":[1]}', 'Back at two', '{"file_id":"f1","picture":true}',
    '2026-03-02T09:59:00.000000+00:00', '2026-03-02T10:00:00.000000+00:00', '2026-03-02T10:01:00.000000+00:00', 1, '[2]');
INSERT INTO outbox (id, chat_id, kind, screen, priority, created_at, status, batch)
VALUES
    (1, 5000000002, 'send', '["broadcast",{},[]]', 1, '2026-03-02T10:00:00.000000+00:00', 'sending', 1),
    (2, 5000000001, 'send', '["broadcast",{},[]]', 1, '2026-03-02T10:00:00.000000+00:00', 'queued', 1);
INSERT INTO boards (chat_id, slot, subject, part, message_id, shown, closing)
VALUES (5000000002, 'question', 'open', '', 42, 'def', 'Permit applicants · 3 of 8');
INSERT INTO handled_updates (update_id, handled_at) VALUES (9000000001, '2026-03-02T09:00:00.000000+00:00');
INSERT INTO dead_letters (update_id, kind, error, died_at)
VALUES (9000000000, 'message', 'KeyError', '2026-03-02T08:59:00.000000+00:00');
INSERT INTO settings (name, value) VALUES ('claim', 'digest');
INSERT INTO plans (id, workshop_id, group_number, goal, next_action, next_contact, created_at, agreed_at, agreed_goal, agreed)
VALUES (1, 1, 1, 'Permits in a week', 2, 3, '2026-03-02T11:00:00.000000+00:00', '2026-03-06T11:00:00.000000+00:00', 'Permits', '{"1":1}');
INSERT INTO action_versions (plan_id, number, version, body)
VALUES
    (1, 1, 1, '{"number":1,"title":"Publish the list","version":1,"changed_at":"2026-03-02T11:05:00Z"}'),
    (1, 1, 2, '{"number":1,"title":"Publish the list","owner":"m2","due_on":"2026-09-30","version":2,"changed_at":"2026-03-02T11:06:00Z"}');
INSERT INTO contacts (plan_id, number, name, token, named_by, user_id, asked, agreed, declined, became)
VALUES
    (1, 1, 'Ministry of Works', 'h1', 'm2', 5000000001, '[1]', '[1]', '[]', ''),
    (1, 2, 'Works Ministry', 'h2', 'm2', NULL, '[1,2]', '[]', '[2]', 'c1');
UPDATE people SET laid_aside = '{"kind":"code"}', zone = 'Asia/Dhaka', country = 'BD', muted_until = '2026-09-01T06:00:00.000000+00:00'
WHERE user_id = 5000000001;
UPDATE workshops SET place = 'Hall 2';
UPDATE plans SET escalates_to = 'm2', escalates_after = 7;
INSERT INTO fires (id, key, version, kind, subject, series, workshop_id, plan_id, action, rule, party, user_id, due_on, due_at)
VALUES (1, 'p1.a1.due.0.m2.-3', '2026-09-30', 'due', 'p1.a1', 'p1.a1.due.0.m2', 1, 1, 1, 'due', 'm1', 5000000002, '2026-09-30', '2026-09-27T06:00:00.000000+00:00');
INSERT INTO reports (plan_id, number, kind, action, item, by_party, reported_at, progress, text)
VALUES (1, 1, 'progress', 1, 0, 'm2', '2026-09-16T06:05:00.000000+00:00', 'at_risk', 'The legal office is silent');
INSERT INTO sessions (workshop_id, id, held_on, starts, ends, place) VALUES (1, '1am', '2026-03-03', '09:30', '12:00', 'Room 5');
INSERT INTO rules (workshop_id, id, is_on, days, at) VALUES (1, 'due', 1, '[-7,0]', '10:00');
INSERT INTO merge_proposals (id, workshop_id, kept_plan, kept, other_plan, other, proposed_by, asked, agreed, created_at)
VALUES (1, 1, 1, 1, 1, 1, 1, '{"kept":["m2"],"other":["c1"]}', '["kept"]', '2026-03-03T11:00:00.000000+00:00');
UPDATE people SET seen_at = '2026-03-02T10:05:00.000000+00:00' WHERE user_id = 5000000002;
UPDATE runs SET closed_at = '2026-03-02T09:30:00.000000+00:00', gate = 'iceberg', seconds_left = 90;
INSERT INTO rooms (workshop_id, lead, offered, last)
VALUES (1, 1, 2, '{"what":"close","by":1,"done_at":"2026-03-02T09:30:00Z","exercise":"2.4.1.a","groups":[],"minutes":0,"before":[{"run_id":1}],"after":[{"run_id":1,"closed_at":"2026-03-02T09:30:00Z"}]}');
INSERT INTO calls (workshop_id, number, grouping, group_number, run_id, member, called_at, taken_by, taken_at)
VALUES (1, 1, 'sixes', 1, 1, 2, '2026-03-02T09:10:00.000000+00:00', 1, '2026-03-02T09:11:00.000000+00:00');
INSERT INTO parked (workshop_id, number, text, author, parked_on)
VALUES (1, 1, 'Who pays for hosting?', 2, '2026-03-02'), (1, 2, 'Why only three groups?', NULL, '2026-03-02');
INSERT INTO day_closes (workshop_id, closes_on, opened_at) VALUES (1, '2026-03-02', '2026-03-02T14:45:00.000000+00:00');
INSERT INTO close_progress (workshop_id, closes_on, member, through) VALUES (1, '2026-03-02', 2, 2);
INSERT INTO close_answers (workshop_id, closes_on, number, question, value) VALUES (1, '2026-03-02', 771, 'pace', 'fast'), (1, '2026-03-02', 93, 'useful', '4');
INSERT INTO report_queues (workshop_id, number, exercise, opened_at, waiting, on_now, past, skipped, ends_at)
VALUES (1, 1, '2.4.1.c', '2026-03-02T13:00:00.000000+00:00', '[3]', 2, '[1]', '[1]', '2026-03-02T13:06:00.000000+00:00');
INSERT INTO remarks (workshop_id, number, queue, group_number, author, text, state) VALUES (1, 1, 1, 2, 2, 'Who pays?', 'new');
INSERT INTO dot_votes (workshop_id, number, exercise, step, dots, opened_at, items)
VALUES (1, 1, '2.4.1.c', 'innovations', 2, '2026-03-02T13:30:00.000000+00:00', '[[1,1,"One form"],[2,2,"A bus"],[3,2,"Radio"]]');
INSERT INTO dots (workshop_id, vote, member, items) VALUES (1, 1, 2, '[1,3]');
INSERT INTO statement_sets (workshop_id, edition, name, statements, added_at, added_by)
VALUES (1, 1, 'official.xlsx', '[["s1","leadership","Leaders use figures"]]', '2026-03-02T09:30:00.000000+00:00', 1);
UPDATE runs SET edition = 1;
INSERT INTO quick_polls (workshop_id, number, question, answers, opened_at)
VALUES (1, 1, 'Shall we go on?', '["Yes","No"]', '2026-03-02T14:00:00.000000+00:00');
INSERT INTO poll_copies (poll_id, workshop_id, number, chat_id, message_id) VALUES ('5270000001', 1, 1, 5000000002, 77);
INSERT INTO poll_votes (poll_id, picks) VALUES ('5270000001', '[0]');
INSERT INTO group_chats (chat_id, title, language, greeted_at, asked_workshop, asked_thread, strangers)
VALUES (-1001234567890, 'Permit office', 'en', '2026-03-02T08:30:00.000000+00:00', 1, 7, '[5000000009]');
INSERT INTO mirrors (chat_id, thread, workshop_id, grouping, group_number, language, tied_by, tied_at, paused)
VALUES (-1001234567890, 7, 1, 'sixes', 1, 'en', 1, '2026-03-02T08:31:00.000000+00:00', 'topic_closed');
