-- How each commitment stands on a day. The parts before (asked, base, carried, facts, targets, said, overrides) are put
-- in front by statement.py; each is a query of facts.py. Words: docs/reports.md.

taking AS (  -- who of a commitment's obligors and counterparts took part in what took place for it, and whether alone
    SELECT commitment, source, event, side, party,
        CASE WHEN COUNT(*) OVER (PARTITION BY commitment, source, event, side) = 1 THEN 1 ELSE 0 END AS alone
    FROM (
        SELECT p.commitment, p.source, p.event, p.side, p.party, MIN(p.rank) AS rank,
            MIN(MIN(p.rank)) OVER (PARTITION BY p.commitment, p.source, p.event, p.side) AS least
        FROM parties p
        JOIN bound b ON b.commitment = p.commitment AND b.side = p.side AND b.party = p.party
        GROUP BY p.commitment, p.source, p.event, p.side, p.party
    ) ranked WHERE rank = least GROUP BY commitment, source, event, side, party -- so that SQLite joins it by an index
),
matched AS (  -- what may count for each target; without a quantity where it is not known how much of it is that party's
    SELECT t.id AS target, f.commitment, f.id, f.source, f.event, f.whole, f.line, f.counterpart, f.most, f.checked,
        CASE WHEN (t.obligor IS NULL OR f.obligor = t.obligor OR o.alone = 1 OR f.most = 1)
            AND (t.counterpart IS NULL OR f.counterpart = t.counterpart OR c.alone = 1 OR f.most = 1)
            THEN f.quantity END AS quantity,
        CASE WHEN (t.first IS NULL OR f.first >= t.first) AND (t.last IS NULL OR f.last <= t.last)
            AND f.last <= asked.on_day THEN 1 ELSE 0 END AS sure
    FROM asked, targets t
    JOIN facts f ON f.commitment = t.commitment
    LEFT JOIN taking o ON f.obligor IS NULL AND o.side = 'obligor' AND o.party = t.obligor
        AND o.commitment = f.commitment AND o.source = f.source AND o.event = f.event
    LEFT JOIN taking c ON f.counterpart IS NULL AND c.side = 'counterpart' AND c.party = t.counterpart
        AND c.commitment = f.commitment AND c.source = f.source AND c.event = f.event
    WHERE f.counts = 1
        AND (t.obligor IS NULL OR f.obligor = t.obligor OR o.party IS NOT NULL)
        AND (t.counterpart IS NULL OR f.counterpart = t.counterpart OR c.party IS NOT NULL)
        AND (t.first IS NULL OR f.last IS NULL OR f.last >= t.first)
        AND (t.last IS NULL OR f.first IS NULL OR f.first <= t.last)
),
counted AS (  -- beside them, under the commitment's key below zero, what surely took place and counts for no target
    SELECT * FROM matched WHERE quantity IS NOT NULL
    UNION ALL
    SELECT -f.commitment, f.commitment, f.id, f.source, f.event, f.whole, f.line, f.counterpart, f.most, f.checked,
        f.quantity, 1
    FROM asked, (SELECT DISTINCT commitment FROM targets) t
    JOIN facts f ON f.commitment = t.commitment
    WHERE f.counts = 1 AND f.quantity > 0 AND f.last <= asked.on_day
        AND (f.commitment, f.source, f.id) NOT IN (SELECT commitment, source, id FROM matched WHERE quantity IS NOT NULL)
        -- looked up, not joined: where PostgreSQL takes few rows to be chosen, its join would walk all pairs
),
linked AS (  -- links of one event that differ in nothing but how are one: the most that one says
    SELECT target, source, event, line, counterpart, MAX(quantity) AS quantity, MAX(whole) AS whole, MAX(most) AS most,
        MAX(checked) AS checked, MAX(sure) AS sure
    FROM counted WHERE source <> 'report' GROUP BY target, source, event, line, counterpart
),
lined AS (  -- shares by counterpart add up to no less than what is linked for all of them
    SELECT target, source, event, line, MAX(whole) AS whole, MAX(most) AS most, MAX(checked) AS checked, MAX(sure) AS sure,
        MAX(quantity) AS largest, MAX(CASE WHEN counterpart IS NULL THEN quantity END) AS alone,
        SUM(CASE WHEN counterpart IS NOT NULL THEN quantity END) AS shared
    FROM linked GROUP BY target, source, event, line
),
added AS (  -- so do lines to no less than what is linked of the delivery
    SELECT target, source, event, MAX(whole) AS whole, MAX(most) AS most, MAX(checked) AS checked, MAX(sure) AS sure,
        MAX(largest) AS largest, MAX(CASE WHEN line IS NULL THEN quantity END) AS alone,
        SUM(CASE WHEN line IS NOT NULL THEN quantity END) AS shared
    FROM (
        SELECT l.*, CASE WHEN shared IS NULL OR alone > shared THEN alone ELSE shared END AS quantity FROM lined l
    ) lines GROUP BY target, source, event
),
once AS (  -- each event once for a target; shares of three visits are not more than three
    SELECT e.*, CASE WHEN most < total AND most > largest THEN most WHEN most < total THEN largest ELSE total END AS quantity
    FROM (
        SELECT a.*, CASE WHEN shared IS NULL OR alone > shared THEN alone ELSE shared END AS total FROM added a
    ) e
),
wholes AS (  -- grouped, so that SQLite joins it by an index
    SELECT target, source, event, MAX(sure) AS sure FROM once GROUP BY target, source, event
),
brought AS (  -- a part only where its whole brings nothing
    SELECT target, quantity, sure, 1 AS possible, checked, 0 AS delivered FROM counted WHERE source = 'report'
    UNION ALL
    SELECT e.target, e.quantity, CASE WHEN w.sure = 1 THEN 0 ELSE e.sure END, CASE WHEN w.target IS NULL THEN 1 ELSE 0 END,
        e.checked, CASE e.source WHEN 'delivery' THEN 1 ELSE 0 END
    FROM once e LEFT JOIN wholes w ON w.target = e.target AND w.source = e.source AND w.event = e.whole
),
sums AS (  -- what of each target is reached: surely, and with what may lie in its period or before the day
    SELECT target, ROUND(SUM(CASE WHEN sure = 1 THEN quantity END), 2) AS reached,
        CASE WHEN SUM(CASE WHEN sure = 1 THEN quantity END) > SUM(CASE WHEN possible = 1 THEN quantity END)
            THEN ROUND(SUM(CASE WHEN sure = 1 THEN quantity END), 2)
            ELSE ROUND(SUM(CASE WHEN possible = 1 THEN quantity END), 2) END AS possible,
        ROUND(SUM(CASE WHEN sure = 1 AND checked = 1 THEN quantity END), 2) AS checked,
        MIN(CASE WHEN sure = 1 THEN delivered END) AS delivered
    FROM brought GROUP BY target
),
figures AS (
    SELECT t.id AS target, t.commitment, t.minimum, COALESCE(t.maximum, t.minimum) AS most, t.period, t.first,
        t.last, t.due, t.by_whom, t.with_whom, t.whole, t.decides, s.reached, s.possible, s.checked, s.delivered
    FROM targets t LEFT JOIN sums s ON s.target = t.id
),
deciding AS (  -- what is at most so much is met by any figure
    SELECT g.*, CASE WHEN reached >= COALESCE(minimum, 0) THEN 1 ELSE 0 END AS met,
        CASE WHEN possible >= COALESCE(minimum, 0) THEN 1 ELSE 0 END AS may_be_met,
        CASE WHEN reached > most THEN 1 ELSE 0 END AS beyond,
        CASE WHEN possible > most THEN 1 ELSE 0 END AS may_be_beyond
    FROM figures g WHERE decides = 1
),
measured AS (
    SELECT d.commitment, COUNT(*) AS targets, SUM(met) AS met, SUM(may_be_met) AS may_be_met, SUM(beyond) AS beyond,
        SUM(may_be_beyond) AS may_be_beyond, SUM(CASE WHEN reached > 0 THEN 1 ELSE 0 END) AS begun,
        SUM(CASE WHEN possible > 0 THEN 1 ELSE 0 END) AS may_be_begun, MAX(due) AS last_due,
        MIN(CASE WHEN met = 0 AND due < asked.on_day THEN due END) AS missed,
        MIN(CASE WHEN met = 0 AND due >= asked.on_day THEN due END) AS next_due,
        MIN(CASE WHEN may_be_met = 0 AND due < asked.on_day THEN due END) AS may_be_missed,
        MIN(CASE WHEN may_be_met = 0 AND due >= asked.on_day THEN due END) AS may_be_next,
        MAX(CASE WHEN COALESCE(possible, -1) <> COALESCE(reached, -1) THEN 1 ELSE 0 END) AS unsure
    FROM deciding d, asked GROUP BY d.commitment
),
activity AS (  -- what is known to have been done, and when it was last; what is linked twice was done once
    SELECT f.commitment, COUNT(DISTINCT CASE WHEN f.active * f.counts = 1 THEN f.source || f.event END) AS acts,
        COUNT(DISTINCT CASE WHEN f.active * f.counts = 1 AND f.last <= asked.on_day AND f.first >= asked.window_day
            THEN f.source || f.event END) AS recent,
        SUM(CASE WHEN f.active * f.counts = 1 AND (f.last IS NULL OR f.last >= asked.window_day) THEN 1 ELSE 0 END)
            AS perhaps_recent,
        MAX(CASE WHEN f.counts = 0 THEN NULL WHEN f.last <= asked.on_day THEN f.last ELSE f.first END) AS news,
        MAX(CASE WHEN f.counts = 0 THEN NULL WHEN f.last <= asked.on_day THEN f.last ELSE asked.on_day END) AS may_be_news,
        MAX(CASE WHEN f.counts = 1 THEN CAST(CASE WHEN f.last <= asked.on_day THEN f.last ELSE f.first END AS TEXT)
            || '|' || f.held END) AS news_text,
        SUM(1 - f.checked) AS claimed, SUM(1 - f.approved) AS drafts
    FROM facts f, asked GROUP BY f.commitment
),
spoken AS (  -- grouped, so that SQLite joins it by an index; `before`: the last one that surely was said by the day
    SELECT commitment, MAX(CASE WHEN place = 1 THEN assessment END) AS assessment,
        MAX(CASE WHEN place = 1 THEN said_on END) AS said_on, MAX(CASE WHEN place = 1 THEN reason END) AS reason,
        MAX(CASE WHEN place = 1 THEN uncertain END) AS uncertain,
        MAX(CASE WHEN uncertain = 0 AND sure_place = 1 THEN assessment END) AS before
    FROM said GROUP BY commitment
),
ruled AS (
    SELECT commitment, MAX(state) AS state, MAX(reason) AS reason, MAX(until) AS until, MAX(officer) AS officer
    FROM overrides WHERE place = 1 GROUP BY commitment
),
outer_days AS (  -- the days of what counts for no target
    SELECT f.commitment, COUNT(DISTINCT f.held) AS days, MAX(CAST(f.last AS TEXT) || '|' || f.held) AS last_text
    FROM counted c JOIN facts f ON f.commitment = c.commitment AND f.source = c.source AND f.id = c.id
    WHERE c.target < 0 GROUP BY f.commitment -- a paper may stand under the agreements of two commitments
),
known AS (
    SELECT b.*, c.code AS continued, s.assessment, s.said_on, s.reason, s.before, COALESCE(s.uncertain, 0) AS uncertain,
        o.state AS set_state, o.reason AS set_reason, o.until AS set_until, o.officer AS set_by,
        COALESCE(m.targets, 0) AS targets, COALESCE(m.met, 0) AS met, COALESCE(m.beyond, 0) AS beyond,
        COALESCE(m.begun, 0) AS begun, m.missed, m.next_due,
        COALESCE(m.may_be_met, 0) AS may_be_met, COALESCE(m.may_be_beyond, 0) AS may_be_beyond,
        COALESCE(m.may_be_begun, 0) AS may_be_begun, m.may_be_missed, m.may_be_next,
        COALESCE(a.acts, 0) AS acts, COALESCE(a.recent, 0) AS recent,
        COALESCE(a.perhaps_recent, 0) AS perhaps_recent, a.news, a.may_be_news, a.news_text,
        COALESCE(a.claimed, 0) AS claimed, COALESCE(a.drafts, 0) AS drafts,
        x.reached AS outside, y.days AS outside_days, y.last_text AS outside_text,
        CASE WHEN m.targets > 0 AND (b.kind <> 'per_period' OR m.last_due >= b.last) THEN 1 ELSE 0 END AS complete,
        CASE WHEN m.unsure = 1 OR a.may_be_news <> a.news OR (a.news IS NULL AND a.may_be_news IS NOT NULL)
            OR (a.recent = 0 AND a.perhaps_recent > 0) THEN 1 ELSE 0 END AS unsure
    FROM base b
    LEFT JOIN carried c ON c.commitment = b.id
    LEFT JOIN measured m ON m.commitment = b.id
    LEFT JOIN activity a ON a.commitment = b.id
    LEFT JOIN spoken s ON s.commitment = b.id
    LEFT JOIN ruled o ON o.commitment = b.id
    LEFT JOIN sums x ON x.target = -b.id
    LEFT JOIN outer_days y ON y.commitment = b.id
),
views (perhaps, earlier) AS (SELECT 0, 0 UNION ALL SELECT 1, 0 UNION ALL SELECT 0, 1 UNION ALL SELECT 1, 1),
seen AS (  -- as it is surely, and where dates are uncertain also as it may be: with all that may count (`perhaps`),
           -- with the word before the last where that may have been said later (`earlier`)
    SELECT k.*, v.perhaps, v.earlier, CASE WHEN v.earlier = 1 THEN COALESCE(before, '') ELSE assessment END AS word,
        CASE WHEN complete = 1 AND targets = CASE WHEN v.perhaps = 1 THEN may_be_met ELSE met END THEN 1 ELSE 0 END AS all_met,
        CASE WHEN v.perhaps = 1 THEN may_be_beyond ELSE beyond END AS above,
        CASE WHEN v.perhaps = 1 THEN may_be_begun ELSE begun END AS started,
        CASE WHEN v.perhaps = 1 THEN COALESCE(may_be_missed, may_be_next) ELSE COALESCE(missed, next_due) END AS unmet,
        CASE WHEN v.perhaps = 1 THEN recent ELSE perhaps_recent END AS lively,
        CASE WHEN v.perhaps = 1 THEN may_be_news ELSE news END AS heard
    FROM known k
    JOIN views v ON (v.perhaps = 0 AND v.earlier = 0)
        OR (k.set_state IS NULL AND v.perhaps <= k.unsure AND v.earlier <= k.uncertain)
),
judged AS (
    SELECT s.*,
        CASE
            WHEN set_state IS NOT NULL THEN set_state
            WHEN all_met = 1 AND above > 0 THEN 'beyond'
            WHEN all_met = 1 OR child_signed = 1 OR word = 'done' THEN 'done'
            WHEN continued IS NOT NULL THEN 'carried_over'
            WHEN word IN ('not_performed', 'carried_over', 'paused', 'partly') THEN word
            WHEN kind <> 'standing' AND started > 0 AND last < asked.on_day THEN 'partly'
            WHEN first > asked.on_day AND acts = 0 THEN 'not_due'
            WHEN kind = 'standing' AND lively > 0 THEN 'active'
            WHEN kind = 'standing' THEN 'idle'
            WHEN word = 'not_started' OR (acts = 0 AND heard IS NOT NULL) THEN 'not_started'
            WHEN acts > 0 OR word = 'in_progress' THEN 'in_progress'
            ELSE 'no_news'
        END AS state,
        CASE WHEN kind = 'standing' THEN NULL WHEN targets > 0 THEN unmet ELSE last END AS due
    FROM seen s, asked
),
timed AS (
    SELECT j.*,
        CASE
            WHEN strength NOT IN ('signed', 'agreed', 'announced', 'task') THEN ''
            WHEN state IN ('done', 'beyond', 'not_performed', 'carried_over', 'paused') THEN ''
            WHEN due < asked.on_day THEN 'overdue'
            WHEN due <= asked.soon_day THEN 'due_soon'
            WHEN state <> 'not_due' AND COALESCE(heard, made) < asked.stale_day THEN 'stale'
            ELSE 'on_time'
        END AS health
    FROM judged j, asked
),
standing AS (  -- one row of each: what its views tell alike; state, day and health as they surely are, `about` where dates
               -- leave them uncertain. Not joined with itself: SQLite reads all the rules anew for each mention of a part
    SELECT id, MAX(agreement) AS agreement, MAX(kind) AS kind, MAX(strength) AS strength, MAX(first) AS first,
        MAX(last) AS last, MAX(made) AS made, MAX(child_signed) AS child_signed, MAX(continued) AS continued,
        MAX(assessment) AS assessment, MAX(said_on) AS said_on, MAX(reason) AS reason, MAX(uncertain) AS uncertain,
        MAX(set_reason) AS set_reason, MAX(set_until) AS set_until, MAX(set_by) AS set_by, MAX(targets) AS targets,
        MAX(met) AS met, MAX(beyond) AS beyond, MAX(begun) AS begun, MAX(missed) AS missed,
        MAX(next_due) AS next_due, MAX(acts) AS acts, MAX(recent) AS recent, MAX(news) AS news,
        MAX(news_text) AS news_text, MAX(claimed) AS claimed, MAX(drafts) AS drafts, MAX(outside) AS outside,
        MAX(outside_days) AS outside_days, MAX(outside_text) AS outside_text,
        MAX(CASE WHEN sure = 1 THEN state END) AS state, MAX(CASE WHEN sure = 1 THEN due END) AS due,
        MAX(CASE WHEN sure = 1 THEN health END) AS health,
        CASE WHEN MIN(state) <> MAX(state) OR MIN(health) <> MAX(health) THEN 1 ELSE 0 END AS about,
        CASE WHEN MAX(set_state) IS NULL THEN 0 ELSE 1 END AS overridden,
        MAX(CASE WHEN kind <> 'standing' AND strength IN ('signed', 'agreed', 'announced', 'task')
            AND (targets > 0 OR last IS NOT NULL) THEN 1 ELSE 0 END) AS dated
    FROM (SELECT t.*, CASE WHEN perhaps = 0 AND earlier = 0 THEN 1 ELSE 0 END AS sure FROM timed t) views_of_it GROUP BY id
)
