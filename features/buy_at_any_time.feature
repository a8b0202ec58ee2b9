@doc:buy-credits
Feature: Buying at any time
  "If your team needs more credits before the month ends, you can buy extra credits at any time" (page "Buy credits").

  @doc:buy-credits.0a
  Rule: Extra credits can be bought at any time before the month ends

    @smoke
    Scenario: Packages one after the other, one of them twice
      Given a member who has Billing open
      And the member has bought 11,000 credits
      And the member has bought 4,000 credits
      When the member buys 4,000 credits
      Then any thanks are for 4,000 credits
      And 4,000 add-on credits are added immediately
      And an invoice for 4,000 credits at the price that was paid is listed
      And the same is shown after a reload
      And all that Billing says of credits agrees

    @needs:clock
    Scenario Outline: In the <moment>, on the <plan> plan
      Given a workspace on the <plan> plan
      And a member who has Billing open
      And it is the <moment>
      When the member buys 22,000 credits
      Then 22,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 22,000 credits at the price that was paid is listed
      And the same is shown after a reload
      And all that Billing says of credits agrees

      Examples:
        | moment                   | plan     |
        | middle of the month      | cheapest |
        | end of the month         | dearest  |
        | middle of the next month | usual    |
