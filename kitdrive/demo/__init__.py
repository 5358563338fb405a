"""The demonstration: the drive of a 29 November, replayed through the operations that people use.

Everybody and everything in it is invented: the people, the associations, the partners. What happens in it follows a
drive that was published: three partners, four public points, one day on which 800 kits are packed. Each quantity is
chosen by us.
"""
