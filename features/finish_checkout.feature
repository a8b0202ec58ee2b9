@doc:buy-credits
Feature: Finishing checkout
  "Once payment is successful, the credits are added to your account immediately" (page "Buy credits", step 4).
  Added means: on the add-on credits, once, for good, and nothing else has changed.

  Background:
    Given a member who has Billing open

  @doc:buy-credits.4b
  Rule: Once payment is successful, the credits are added to the account immediately

    Scenario Outline: Buying <package> credits
      When the member buys <package> credits
      Then <package> add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And the credit bar's total has grown by <package> credits
      And the same is shown after a reload
      And the same is shown after signing in anew
      And opening the landing address again adds nothing

      Examples: the packages on sale
        | package   |
        | 2,000     |
        | 4,000     |
        | 6,000     |
        | 11,000    |
        | 22,000    |
        | 44,000    |
        | 66,000    |
        | 115,000   |
        | 230,000   |
        | 480,000   |
        | 1,200,000 |
