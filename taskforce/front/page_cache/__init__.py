"""Public pages are kept as bytes until something public changes, and never longer.

    watching    which tables strangers read; triggers on them note a change
    stamp       one value in the database that every such change makes anew, at its commit
    moments     when time itself changes a page
    asked       the query string, without what no page reads
    store       the pages of this process
    middleware  answers from the store, or has the page made and keeps it

The stamp is read before a page is made. So a page that is kept under a stamp is as new as the stamp
or newer, and whoever asks after a commit asks under another stamp.
"""
