@doc:credit-use
Feature: Using credits
  Running a workflow uses credits: what add-on credits are bought for (page "Component list and view credits").

  @doc:credit-use.1
  Rule: What a run uses is rounded to whole credits, and is at least one

    @needs:workflows
    Scenario: A small workflow
      Given a signed-in member
      When the member runs a small workflow
      Then the run completes
      And exactly one credit is used
      And looking at it again uses none

    @needs:workflows
    Scenario: A large workflow
      Given a signed-in member
      When the member runs a large workflow
      Then the run completes
      And more than one credit is used
      And only whole credits are used
      And all that Billing says of credits agrees

  @assumption:monthly-first
  Rule: Add-on credits are used once the monthly ones are gone

    @needs:workflows
    Scenario: Monthly credits are left
      Given a workspace with monthly and add-on credits
      And a signed-in member
      And the member has bought 2,000 credits
      When the member runs a medium workflow
      Then the run completes
      And no add-on credits are used

    @needs:workflows
    Scenario: Monthly credits are gone
      Given a workspace with add-on credits, whose monthly credits are all used
      And a signed-in member
      When the member runs a small workflow
      Then the run completes
      And one add-on credit is used

  @assumption:no-credits-no-run
  Rule: Without credits a workflow does not complete, and says so; with credits it runs again

    @needs:workflows
    Scenario: No credits are left
      Given a workspace without credits
      And a signed-in member
      When the member runs a small workflow
      Then the run does not complete
      And the member is told that there are no credits left
      And no credits are used

    @needs:workflows
    Scenario: Credits bought after a run was stopped
      Given a workspace without credits
      And a signed-in member
      And a small workflow has stopped for lack of credits
      And the member has bought 2,000 credits
      When the member runs a small workflow
      Then the run completes

  @assumption:add-on-credits-outlast-the-month
  Rule: Add-on credits stay when a month ends

    @needs:clock @needs:workflows
    Scenario: Add-on credits after two months
      Given a workspace with 1,000 monthly credits of which 1,000 are used, and 500 add-on credits
      And a member who has Billing open
      And the member has run a small workflow
      And it is the end of the month
      And the member has bought 2,000 credits
      When three billing cycles have ended
      Then the add-on credits are unchanged
      And all that Billing says of credits agrees

  @assumption:monthly-credits-begin-anew
  Rule: Each month begins with all monthly credits of the plan, and they last until it ends

    @needs:clock
    Scenario: Monthly credits at the end of the month
      Given a workspace with 1,000 monthly credits of which 700 are used, and 500 add-on credits
      And a member who has Billing open
      When the end of the month comes
      Then nothing has changed on Billing

    @needs:clock
    Scenario: Monthly credits after two months
      Given a workspace with 1,000 monthly credits of which 700 are used, and 500 add-on credits
      And a member who has Billing open
      When two billing cycles have ended
      Then all monthly credits are usable again
      And all that Billing says of credits agrees

    @needs:clock @needs:workflows
    Scenario: Credits that were used in each of two months
      Given a workspace with 1,000 monthly credits of which 1,000 are used, and 500 add-on credits
      And a member who has Billing open
      When the member runs a small workflow in each of two billing cycles
      Then each time all monthly credits are usable again
      And each time the add-on credits are unchanged

    @needs:plans @needs:clock
    Scenario: The month after an upgrade
      Given a workspace with add-on credits, on a plan that can be upgraded
      And a member who has Billing open
      And the member has upgraded to the next dearer plan
      And the member has bought 4,000 credits
      When the next billing cycle begins
      Then the current plan is the one that was chosen
      And the monthly credits are those of that plan
      And the add-on credits are unchanged
      And all that Billing says of credits agrees
      And Billing is as complete as before
      And the current plan is that one in the billing cycle after that, too
