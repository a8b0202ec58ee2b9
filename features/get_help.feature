@doc:buy-credits
Feature: Getting help with credits
  Those who buy often are pointed to another subscription, those in trouble to the support address
  (page "Buy credits", "Need help?").

  @doc:buy-credits.help
  Rule: A subscription can be changed instead of buying credits again and again

    Scenario: Upgrade plan is in the same section
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then the Current Plan section offers "Upgrade plan"
