"""What speaks for and against a candidate: one table, in points.

A candidate is believed from above nought, and a margin of two points before the next one makes it
sure (`choosing.confidence`). The points come from the generated documents: what is told under a
label is right in 99 of 100, what a sentence says in 90, what merely stands there in 70.
"""

from enum import Enum


class Cue(Enum):
    """A reason to believe something, or not to: its points, and what it sees."""

    # For any fact
    LABEL = (3.0, "Its label stands before it, or above.")
    TITLE = (2.4, "It stands in a line that names a meeting or its minutes.")
    SAID = (1.8, "A sentence says that the meeting was then or there.")
    STANDS = (0.8, "It stands at the head of the document, and nothing says what it is.")
    AGAIN = (1.0, "Another line of the head says the same.")
    AT_TOP = (0.5, "It stands in the first lines, where the meeting is named.")
    EDGE = (-0.2, "It stands at the edge of the page, which may be a form's.")
    IN_LIST = (-3.0, "It is a point among others, which tells of what was said.")
    IN_TEXT = (-1.0, "It stands in a sentence below the first lines, which tells of something.")
    FAR_DOWN = (-2.0, "It stands below the head of the minutes.")

    # Numbers
    MARKED = (3.0, "A meeting is named, and its number with the word or the sign for it.")
    ORDINAL = (2.6, "The meeting is counted: “4. ordinære bestyrelsesmøde”, “tredje møde”.")
    BARE = (2.2, "A number stands right behind the word for a meeting.")
    LONE_MARK = (2.2, "“Nr. 5” stands alone; a case or a house would be named.")
    FILE_NAME = (1.2, "The file is called so; files are copied and renamed.")
    OTHER_MEETING = (-5.0, "The last or the next meeting is spoken of, or an approval.")

    # Dates
    WEEKDAY = (0.7, "Its weekday is written, and it is that day's.")
    WRONG_WEEKDAY = (-1.0, "Its weekday is written, and it is not that day's.")
    CLOCK = (0.7, "A time of day stands beside it.")
    NO_YEAR = (-1.2, "No year is written; it follows from other dates.")
    MONTH_ONLY = (-1.5, "Only a month is written.")
    OF_MAIL = (-5.0, "It is the label of a mail, which tells when it was sent.")
    OF_PAPER = (-3.0, "Something was sent, written, printed or approved then, or is due.")

    # Places
    LOOKS = (0.8, "It has the look of a room, a house, an address or a platform.")
    LABEL_OF_TIME = (2.6, "It stands beside the time: “Tid og sted: …”.")
    BESIDE_DATE = (1.4, "It stands in the line that has the date.")
    AT = (0.6, "A preposition stands before it: “på”, “i”, “hos”.")
    BODY = (-2.2, "It is the name of a group or an organisation, which may have met anywhere.")
    OF_GROUP = (-1.8, "It may say where the group belongs, not where it met.")
    PERSON = (-4.0, "It is somebody on the list; no line is both person and place.")
    LONG = (-1.2, "It is as long as a sentence, and may be one.")

    # Next meetings
    FORESEEN = (1.0, "A meeting is spoken of that will be.")
    SEQUEL = (1.8, "The meeting is spoken of that has the number after this one's.")
    WHOLE = (0.4, "Day, time or place are told, as one tells of a meeting.")
    IN_AGENDA = (-0.8, "It is a row of the agenda, where a meeting is announced rather than told.")
    SAME_KIND = (0.6, "It is called as this meeting is.")
    OTHER_KIND = (-1.6, "It is another kind of meeting, or one with others.")
    FAR_OFF = (-2.0, "It is more than a year away.")
    GUESSED = (-1.6, "Its place or time is told without a word for it.")

    @property
    def points(self) -> float:
        return self.value[0]
