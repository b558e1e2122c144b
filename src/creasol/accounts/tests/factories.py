from itertools import count

from creasol.accounts.models import User

numbers = count(1)


def make_user(**over):
    number = next(numbers)
    return User.objects.create_user(
        **{"email": f"person{number}@example.org", "name": f"Person {number}"} | over
    )
