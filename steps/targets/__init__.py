"""All that differs between deployments: profiles, accounts, sign-in, the spend guard."""
