"""The broker of files, for a portal without Redis: kombu's, which must not die of half a message.

kombu writes a message in place. A reader that comes too early, or after a crash, finds an empty
file, and the error would end the worker (tried with kombu 5.7). Such a message is left out: ours
are periodic, and the next one does the work.
"""

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    def _get(self, queue):
        while True:
            try:
                return super()._get(queue)
            except ValueError:  # not JSON; the file is gone by now
                continue


class Transport(filesystem.Transport):
    Channel = Channel
