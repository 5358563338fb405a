"""The pages that anybody sees: what a published drive needs, where to bring it and how far it is.

They know no visitor: no session, no cookie, no form, the language in the address. What is not published here is
never read for them (facts.py), and one page is made for everybody and kept (keeping.py).
"""
