@doc:buy-credits
Feature: Getting help with credits
  "Having trouble during checkout or need billing support? Contact support@diaflow.io for help" (page "Buy credits",
  "Need help?"). The other hint there, another subscription, is checked where plans are changed.

  @doc:buy-credits.help
  Rule: Help with checkout and billing is found at the support address

    Scenario: Whom to ask before buying
      Given a member who has Billing open
      When the member asks to add credits
      Then "support@diaflow.io" is the address for help

    Scenario: Where the hints lead
      Given a member who has Billing open
      When the member asks to add credits
      Then what is linked there for help is there
