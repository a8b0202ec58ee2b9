@doc:buy-credits
Feature: Buying at any time
  "If your team needs more credits before the month ends, you can buy extra credits at any time" (page "Buy credits").

  Background:
    Given a member who has Billing open

  @doc:buy-credits.0a
  Rule: Extra credits can be bought at any time before the month ends

    @smoke
    Scenario: Two different packages, one after the other
      Given the member has bought 4,000 credits
      When the member buys 11,000 credits
      Then 11,000 add-on credits are added immediately
      And the same is shown after a reload

    Scenario: The same package twice
      Given the member has bought 6,000 credits
      When the member buys 6,000 credits
      Then 6,000 add-on credits are added immediately
      And the same is shown after a reload

    @needs:clock
    Scenario Outline: In the <moment> of the month
      Given it is the <moment> of the month
      When the member buys 22,000 credits
      Then 22,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And the same is shown after a reload

      Examples:
        | moment |
        | middle |
        | end    |
