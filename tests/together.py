from threading import Barrier, Thread

from django.db import connection


def together(*acts):
    """Run the acts in threads that start at one barrier; what each returned or raised, in their order."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "still waiting after a minute"
    return results
