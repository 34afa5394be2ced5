namespace Concentric.Measure.Contacts;

/// <summary>The tables of the contact store. The file is derived: when this changes, <see cref="Version"/> goes up and the store is built again from facts.</summary>
internal static class StoreTables
{
    public const int Version = 7;

    /// <summary>What <c>prev_gap</c> holds where the person had not asked before.</summary>
    public const uint NoGap = uint.MaxValue;

    /// <summary>Code of the source that our own enquiries have.</summary>
    public const ushort Enquiries = 1;

    /// <remarks>
    /// <c>early_change</c> holds what was said of an enquiry before it was raised, which only clocks that disagree can bring about.
    /// Rows lie by year, council, service and time (<see cref="Compaction"/>). There is no index: an index of the key would cost more than the
    /// whole import, and a join over two integers finds 58,000 keys among millions in tens of milliseconds.
    /// </remarks>
    public const string Create = """
        CREATE TABLE layout (version INTEGER NOT NULL);
        CREATE TABLE contact (
            contact_id UBIGINT NOT NULL,      -- number of the fact, or batch * 2^32 + row of the file
            occurred_at TIMESTAMP NOT NULL,   -- UTC
            day USMALLINT NOT NULL,           -- these three by the council's clock: ContactCalendar
            week USMALLINT NOT NULL,
            month USMALLINT NOT NULL,
            council USMALLINT NOT NULL,
            kind UTINYINT NOT NULL,
            initiator UTINYINT NOT NULL,
            service USMALLINT NOT NULL,
            interaction UTINYINT NOT NULL,
            channel UTINYINT NOT NULL,
            area USMALLINT NOT NULL,
            profile UTINYINT NOT NULL,        -- of the area, stored here because most cubes group by it
            demand UTINYINT NOT NULL,
            failure_cause UTINYINT NOT NULL,
            resolved UTINYINT NOT NULL,
            cost_pence INTEGER,
            seconds INTEGER,
            seconds_bin UTINYINT NOT NULL,
            satisfaction UTINYINT,
            person UINTEGER NOT NULL,
            case_ref UBIGINT NOT NULL,        -- of our own enquiries; 0: a row of a file
            thread UBIGINT NOT NULL,          -- of our own: the enquiry that it is about, itself unless it follows another
            chain UBIGINT NOT NULL,           -- of our own: what NeedRows links it by; 0: by its person
            ended_at TIMESTAMP,               -- of our own: when it was answered last, UTC; null while it is open
            chases UTINYINT NOT NULL,         -- 1: of our own, made while what it is about was open, as it stands now
            demand_type USMALLINT NOT NULL,
            system_cause USMALLINT NOT NULL,
            cause_service USMALLINT NOT NULL, -- whose work made them ask; 0: not said
            cause_step USMALLINT NOT NULL,    -- an activity
            team USMALLINT NOT NULL,          -- of our own: TeamRows; 0: not known
            prev_gap UINTEGER NOT NULL,       -- seconds since the same person's last contact of this kind on this service
            source USMALLINT NOT NULL,
            flags USMALLINT NOT NULL,
            batch UINTEGER NOT NULL           -- 0: our own enquiries
        );
        CREATE TABLE counted (                -- what somebody else counted: never contacts
            counted_id UBIGINT NOT NULL,      -- batch * 2^32 + row of the file; of a case of our own, number of the fact
            from_day USMALLINT NOT NULL,
            to_day USMALLINT NOT NULL,        -- included
            council USMALLINT NOT NULL,
            service USMALLINT NOT NULL,
            channel UTINYINT NOT NULL,
            area USMALLINT NOT NULL,
            source USMALLINT NOT NULL,
            name USMALLINT NOT NULL,          -- of what was counted
            amount BIGINT NOT NULL,
            mean DOUBLE,                      -- of what the file states beside the amount, as seconds of waiting
            batch UINTEGER NOT NULL
        );
        CREATE TABLE step (
            step_id UBIGINT NOT NULL,         -- batch * 2^32 + row of the file; of a case of our own, number of the fact
            case_ref UBIGINT NOT NULL,
            seq UINTEGER NOT NULL,            -- place in its case, from 1: by time, then id
            occurred_at TIMESTAMP NOT NULL,
            day USMALLINT NOT NULL,
            activity USMALLINT NOT NULL,
            prev_activity USMALLINT NOT NULL, -- 0: the first of its case
            gap UINTEGER NOT NULL,            -- seconds since the step before
            actor USMALLINT NOT NULL,
            organisation USMALLINT NOT NULL,
            channel UTINYINT NOT NULL,
            service USMALLINT NOT NULL,
            council USMALLINT NOT NULL,
            batch UINTEGER NOT NULL
        );
        CREATE TABLE held (                   -- when somebody took work on or laid it down; never who
            fact UBIGINT NOT NULL,            -- number of the fact
            council USMALLINT NOT NULL,
            case_ref UBIGINT NOT NULL,
            occurred_at TIMESTAMP NOT NULL,   -- UTC
            is_held UTINYINT NOT NULL         -- 1: somebody has it from now on
        );
        CREATE TABLE need (                   -- derived from contact: NeedRows
            first_id UBIGINT NOT NULL,        -- the contact that it began with
            council USMALLINT NOT NULL,
            kind UTINYINT NOT NULL,
            service USMALLINT NOT NULL,
            channel UTINYINT NOT NULL,        -- these three of the first contact
            area USMALLINT NOT NULL,
            profile UTINYINT NOT NULL,
            chain UBIGINT NOT NULL,
            day USMALLINT NOT NULL,           -- of the first contact
            week USMALLINT NOT NULL,
            month USMALLINT NOT NULL,
            contacts USMALLINT NOT NULL,
            state UTINYINT NOT NULL,          -- NeedState
            met_day USMALLINT,
            met_week USMALLINT,
            met_month USMALLINT,
            seconds INTEGER                   -- from the first contact until it was met
        );
        CREATE TABLE feedback (               -- who was asked how it was, and what they said last
            feedback_id UBIGINT NOT NULL,
            occurred_at TIMESTAMP NOT NULL,   -- UTC: of the answer, and of the question until there is one
            day USMALLINT NOT NULL,
            week USMALLINT NOT NULL,
            council USMALLINT NOT NULL,
            service USMALLINT NOT NULL,
            channel UTINYINT NOT NULL,        -- of the contact
            way UTINYINT NOT NULL,            -- by which they were asked: FeedbackWays
            team USMALLINT NOT NULL,          -- an actor
            case_ref UBIGINT NOT NULL,        -- of the enquiry; 0: about none
            said UTINYINT NOT NULL            -- FeedbackSaid
        );
        CREATE TABLE phone_call (             -- calls that ended, as the phone system reported them: no contacts
            call_id UBIGINT NOT NULL,
            council USMALLINT NOT NULL,
            line USMALLINT NOT NULL,
            day USMALLINT NOT NULL,           -- when it began, by the council's clock
            half_hour UTINYINT NOT NULL,      -- 0 to 47
            answered UTINYINT NOT NULL,
            wait_seconds INTEGER,
            talk_seconds INTEGER
        );
        CREATE TABLE early_change (case_ref UBIGINT NOT NULL, seconds INTEGER, resolved UTINYINT, demand UTINYINT, failure_cause UTINYINT, satisfaction UTINYINT,
            ending UTINYINT, ended_at TIMESTAMP, demand_type USMALLINT, system_cause USMALLINT, cause_service USMALLINT, cause_step USMALLINT, team USMALLINT);
        CREATE TABLE told (kind VARCHAR NOT NULL, key VARCHAR NOT NULL, said VARCHAR NOT NULL); -- the last fact of that kind about each thing, as JSON
        CREATE TABLE contact_key (council USMALLINT NOT NULL, key_hi UBIGINT NOT NULL, key_lo USMALLINT NOT NULL, content USMALLINT NOT NULL, batch UINTEGER NOT NULL);
        CREATE TABLE council (code USMALLINT NOT NULL, name VARCHAR NOT NULL, label VARCHAR NOT NULL, is_synthetic BOOLEAN NOT NULL, zone VARCHAR NOT NULL);
        CREATE TABLE service (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL, uri VARCHAR NOT NULL);
        CREATE TABLE ward (code USMALLINT NOT NULL, council USMALLINT NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE area (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL, ward USMALLINT NOT NULL, profile UTINYINT NOT NULL, decile UTINYINT NOT NULL, households INTEGER NOT NULL);
        CREATE TABLE profile (code UTINYINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE source (code USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE person (code UINTEGER NOT NULL, council USMALLINT NOT NULL, hash UBIGINT NOT NULL);
        CREATE TABLE counted_name (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE activity (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE actor (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE phone_line (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE demand_type (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE system_cause (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE organisation (code USMALLINT NOT NULL, council USMALLINT NOT NULL, key VARCHAR NOT NULL, label VARCHAR NOT NULL);
        CREATE TABLE batch (number UINTEGER NOT NULL, council USMALLINT NOT NULL, mapping VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
            read BIGINT NOT NULL, imported BIGINT NOT NULL, duplicates BIGINT NOT NULL, changed BIGINT NOT NULL, rejected BIGINT NOT NULL, flagged BIGINT NOT NULL, imported_at TIMESTAMP NOT NULL,
            rows UTINYINT NOT NULL, undone_at TIMESTAMP);
        CREATE TABLE projection (name VARCHAR NOT NULL, last_number BIGINT NOT NULL, last_hash VARCHAR NOT NULL);
        INSERT INTO service VALUES (0, 0, '', 'Not known', '');
        INSERT INTO ward VALUES (0, 0, 'Not known');
        INSERT INTO area VALUES (0, 0, '', 'Not known', 0, 0, 0, 0);
        INSERT INTO profile VALUES (0, '', 'Not known');
        INSERT INTO counted_name VALUES (0, 0, '', 'Not known');
        INSERT INTO activity VALUES (0, 0, '', 'Not known');
        INSERT INTO actor VALUES (0, 0, '', 'Not known');
        INSERT INTO organisation VALUES (0, 0, '', 'Not known');
        INSERT INTO phone_line VALUES (0, 0, '', 'No line named');
        INSERT INTO demand_type VALUES (0, 0, '', 'Not known');
        INSERT INTO system_cause VALUES (0, 0, '', 'Not known');
        INSERT INTO source VALUES (1, 'enquiries', 'Enquiries made here');
        INSERT INTO projection VALUES ('facts', 0, '');
        """;
}
