@doc:credit-use
Feature: Using credits
  Running a workflow uses credits: what add-on credits are bought for (page "Component list and view credits").

  @doc:credit-use.1
  Rule: What a run uses is rounded to whole credits, and is at least one

    @needs:seeding
    Scenario: A run that needs next to nothing
      Given a member who knows the credits of the workspace
      When the member runs a workflow on a text of 5 characters
      Then the run completes, and exactly one credit is used

    @needs:seeding
    Scenario: A run that needs more
      Given a member who knows the credits of the workspace
      When the member runs a workflow on a text of 20,000 characters
      Then the run completes, and more than one credit is used, all of them whole

  @assumption:monthly-first
  Rule: Add-on credits are used once the monthly ones are gone

    @needs:seeding
    Scenario: Monthly credits are left
      Given a workspace with 10 monthly credits of which 9 are used, and 50 add-on credits
      And a member who knows the credits of the workspace
      When the member runs a workflow on a text of 5 characters
      Then the run completes, and no add-on credits are used

    @needs:seeding
    Scenario: Monthly credits are gone
      Given a workspace with 10 monthly credits of which 10 are used, and 50 add-on credits
      And a member who knows the credits of the workspace
      When the member runs a workflow on a text of 5 characters
      Then the run completes, and one of the add-on credits is used

  @assumption:no-credits-no-run
  Rule: Without credits a workflow does not complete, and says so

    @needs:seeding
    Scenario: No credits are left
      Given a workspace with 10 monthly credits of which 10 are used, and 0 add-on credits
      And a signed-in member
      When the member runs a workflow on a text of 5 characters
      Then the run does not complete for want of credits
