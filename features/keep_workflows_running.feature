@doc:buy-credits
Feature: Keeping workflows running
  Buying extra credits "helps your workflows keep running without interruption" (page "Buy credits").

  @doc:buy-credits.0b
  Rule: With bought credits workflows keep running

    @needs:seeding
    Scenario: Credits bought before the last one is used
      Given a workspace with 10 monthly credits of which 9 are used, and 0 add-on credits
      And a signed-in member
      And the member has bought 2,000 credits
      When the member runs a small and a large workflow
      Then both runs complete

    @needs:seeding
    Scenario: Credits bought after the last one was used
      Given a workspace with 10 monthly credits of which 10 are used, and 0 add-on credits
      And a signed-in member
      And the member has bought 2,000 credits
      When the member runs a small workflow
      Then the run completes
      And exactly one credit is used
