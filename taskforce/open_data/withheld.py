"""What the datasets leave out, and why. A test fails for a column that stands in neither."""

PERSON = "It is about a person, who agreed to no more than the pages show."
MEMBERS_ONLY = "Members alone read it."
SECRETARIAT_ONLY = "The secretariat alone reads it, or nobody does."
MECHANICS = "The portal keeps it for its own sake."
OTHERWISE = "Another column tells it, or the address does."
ON_ITS_PAGE = "It stands on its page, and in no dataset yet."
PICTURES = "Pictures are others', and the licence leaves them out."
BALLOTS = "Ballots are secret, and so is who has voted."

# Columns of any model.
EVERYWHERE = {"id": OTHERWISE, "slug": OTHERWISE, "version": MECHANICS, "search": MECHANICS}

# Columns of the models that datasets tell of.
COLUMNS: dict[str, dict[str, str]] = {
    "barriers.Barrier": {
        "merged_into": OTHERWISE,
        "hidden_at": SECRETARIAT_ONLY,
        "title_forms": MECHANICS,
        "news": ON_ITS_PAGE,
    },
    "barriers.PrioritisationRound": {
        **dict.fromkeys(("meeting", "barriers"), ON_ITS_PAGE),
        **dict.fromkeys(("opens_at", "closes_at"), OTHERWISE),
        **dict.fromkeys(("opens_by_itself", "note", "left_out"), SECRETARIAT_ONLY),
    },
    "calls.Call": {"news": ON_ITS_PAGE},
    "calls.CallDeadline": {
        **dict.fromkeys(("call", "day", "time", "zone"), OTHERWISE),
        "label": ON_ITS_PAGE,
    },
    "initiatives.Case": {
        **dict.fromkeys(
            ("picture", "picture_small", "picture_width", "picture_height", "picture_alt"), PICTURES
        ),
        **dict.fromkeys(("contact", "permission_by", "permission_at"), PERSON),
        **dict.fromkeys(("state", "partners"), OTHERWISE),
    },
    "initiatives.CasePartner": {
        "case": OTHERWISE,
        **dict.fromkeys(("role", "part"), ON_ITS_PAGE),
    },
    "initiatives.Initiative": {"contact": PERSON},
    "meetings.AgendaItem": {
        "responsible_guest": PERSON,
        **dict.fromkeys(("about_type", "about_id"), ON_ITS_PAGE),
    },
    "meetings.Attendance": {
        "meeting": OTHERWISE,
        **dict.fromkeys(("member", "name", "name_visibility", "email", "online"), PERSON),
        **dict.fromkeys(("answered_at", "answered_by"), PERSON),
        **dict.fromkeys(("earlier_status", "earlier_online", "earlier_day"), PERSON),
    },
    "meetings.Meeting": {
        **dict.fromkeys(("link", "cancelled_reason"), MEMBERS_ONLY),
        **dict.fromkeys(("sequence", "invited_at", "agenda_sent_at"), MECHANICS),
    },
    "meetings.Minutes": dict.fromkeys(
        ("state", "review_ends_on", "review_scope"), SECRETARIAT_ONLY
    ),
    "meetings.Outcome": dict.fromkeys(("minutes", "agenda_item"), OTHERWISE),
    "members.Certificate": {"organisation": OTHERWISE, "given_on": ON_ITS_PAGE},
    "members.Organisation": {
        "merged_into": OTHERWISE,
        **dict.fromkeys(("logo", "logo_small", "logo_alt"), PICTURES),
        **dict.fromkeys(("contact", "mailbox"), PERSON),
        **dict.fromkeys(("confirmed_on", "asked_on", "unanswered"), MECHANICS),
    },
    "results.Figure": {"entered_by": PERSON, "entered_at": MECHANICS},
    "results.Goal": {"entered_by": PERSON, "published_at": MECHANICS},
    "results.KeptYear": {"kept_by": PERSON, "behind": MECHANICS},
    "results.YearNote": {"year": OTHERWISE, "by": PERSON},
}

# Models that no dataset tells of.
MODELS: dict[str, str] = {
    **dict.fromkeys(
        (
            *("barriers.RoundBarrier", "barriers.Eligible", "barriers.Ballot"),
            *("barriers.BallotLine", "barriers.BallotDraft"),
        ),
        BALLOTS,
    ),
    **dict.fromkeys(
        (
            *("members.User", "members.Member", "members.Invitation", "members.HandOver"),
            *("members.Silence", "members.Erasure", "members.JoinRequest", "members.Inquiry"),
            *("members.AskedOrganisation", "members.MemberImport", "members.Merge"),
            *("following.Follower", "following.FollowRequest", "following.Follow"),
            *("following.Rhythm", "following.Digest", "following.Told", "following.Visit"),
            *("following.Reminder", "following.NewsletterCopy"),
            *("core.MailChoice", "core.RefusedAddress", "core.SoftRefusal"),
            *("core.Mailing", "core.MailingFile", "core.MailingCopy", "activity.Activity"),
            *("activity.TakenBack", "calls.CalendarKey"),
        ),
        PERSON,
    ),
    **dict.fromkeys(
        (
            *("dialogue.PublicTalk", "dialogue.Contribution", "dialogue.EditedText"),
            *("dialogue.Mention", "dialogue.Question", "dialogue.Asked", "calls.Suggestion"),
            *("meetings.AgendaProposal", "meetings.RoundTableNews"),
        ),
        MEMBERS_ONLY,
    ),
    **dict.fromkeys(
        (
            *("dialogue.Hiding", "intake.Intake", "meetings.Waiver", "meetings.ProposedChange"),
            *("barriers.MergeRecord", "initiatives.CaseStep"),
        ),
        SECRETARIAT_ONLY,
    ),
    **dict.fromkeys(
        (
            *("front.PageVersion", "news.NewsItem", "following.Newsletter", "calls.Consortium"),
            *("calls.Partner", "initiatives.Participation", "initiatives.Milestone"),
            *("initiatives.InitiativeUpdate", "barriers.Change", "barriers.Support"),
            *("barriers.ResultGroup", "barriers.GroupResult", "meetings.Material"),
            "meetings.MaterialPage",
            *("meetings.ActionPoint", "meetings.MinutesVersion", "meetings.Correction"),
            "results.Report",
        ),
        ON_ITS_PAGE,
    ),
    **dict.fromkeys(
        (
            "core.SentForm",
            "core.KeptFile",
            *("front.KnownWord", "front.MissedSearch", "front.PortalPage"),
            "front.SynonymGroup",
            "core.Sending",
            "ops.Tally",
            "open_data.Published",
            "open_data.Checked",
        ),
        MECHANICS,
    ),
}
