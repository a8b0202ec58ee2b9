@doc:buy-credits
Feature: Keeping workflows running
  Buying extra credits "helps your workflows keep running without interruption" (page "Buy credits").

  @doc:buy-credits.0b
  Rule: With bought credits workflows keep running

    @needs:workflows
    Scenario: Credits bought before the last one is used
      Given a workspace whose monthly credits are nearly all used
      And a signed-in member
      And the member has bought 4,000 credits
      When the member runs a large and a small workflow
      Then both runs complete
      And the credits that they tell of are used, the monthly ones first

    @needs:workflows
    Scenario: Credits bought after the last one was used
      Given a workspace whose monthly credits are all used
      And a signed-in member
      And the member has bought 2,000 credits
      When the member runs a small workflow
      Then the run completes
      And exactly one credit is used

    @needs:workflows @needs:colleague
    Scenario: Credits that another member has bought
      Given a workspace with several members, whose monthly credits are all used
      And a signed-in member
      And the member has bought 2,000 credits
      When another member of the workspace runs a small workflow
      Then the run completes
      And exactly one credit is used
