"""Places: anything with a capacity that people register for, whatever it is (a gathering, a training session).

Nouns: venue, room, occasion, slot, registration, booking, offer, wish, date alert, announcement.
Verbs: register, book, wait, offer, accept, decline, cancel, move, check in.
"""
