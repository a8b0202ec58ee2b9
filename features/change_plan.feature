@doc:upgrade-downgrade
Feature: Changing the plan
  Who needs more or fewer credits every month changes the subscription instead of buying again and again
  (page "Upgrade/Downgrade a subscription").

  @doc:upgrade-downgrade.1
  Rule: Upgrade plan is found in Current Plan, on Billing in Workspace Settings

    Scenario: The way to another plan
      Given a signed-in member who is looking at something else
      When the member goes to Billing in Workspace Settings
      Then the Current Plan section offers "Upgrade plan"

    Scenario: Where the way begins
      Given a signed-in member
      When the member looks into the profile menu
      Then its icon is at the bottom left of the sidebar

  @doc:upgrade-downgrade.2
  Rule: Upgrade plan opens a list of the available plans

    Scenario: The plans
      Given a member who has Billing open
      When the member asks to upgrade the plan
      Then several plans are available
      And the list of plans marks no other plan as the current one

  @doc:upgrade-downgrade.3
  Rule: An upgrade takes effect immediately after successful payment

    @needs:plans
    Scenario: An upgrade that is not paid
      Given a workspace with add-on credits, on a plan that can be upgraded
      And a member who has Billing open
      When the member tries to upgrade the plan with a card that is declined
      Then nothing has changed on Billing

    @needs:plans
    Scenario: An upgrade whose 3-D Secure is left unanswered
      Given a workspace with add-on credits, on a plan that can be upgraded
      And a member who has Billing open
      When the member tries to upgrade the plan with a card that needs 3-D Secure and leaves without answering
      Then nothing has changed on Billing

    @needs:plans
    Scenario: Upgrading
      Given a workspace with add-on credits, on a plan that can be upgraded
      And a member who has Billing open
      And the member has bought 2,000 credits
      When the member upgrades the plan
      Then the current plan is the one that was paid for
      And its monthly credits are there
      And the add-on credits are unchanged
      And all that Billing says of credits agrees
      And opening the landing address of the upgrade again changes nothing
      And an invoice for the plan at the price that was paid is listed
      And receipts of earlier payments are still for what was paid then
      And Billing is as complete as before
      And the list of plans marks no other plan as the current one
      And everybody who signs in sees that plan

  @doc:upgrade-downgrade.4
  Rule: A downgrade takes effect at the end of the billing cycle

    @needs:plans
    Scenario: Before the billing cycle ends
      Given a workspace with add-on credits, on a plan that can be downgraded
      And a member who has Billing open
      When the member downgrades the plan
      Then the current plan is still the one before
      And the credits are those of the plan before

    @needs:plans @needs:clock
    Scenario: Once the billing cycle has ended
      Given a workspace with add-on credits, on a plan that can be downgraded
      And a member who has Billing open
      And the member has downgraded the plan
      And the member has bought 2,000 credits
      And the plan before is still the current one at the end of the month
      When the next billing cycle begins
      Then the current plan is the one that was chosen
      And the monthly credits are those of that plan
      And the add-on credits are unchanged
      And all that Billing says of credits agrees
      And Billing is as complete as before
      And the current plan is that one in the billing cycle after that, too
      And the list of plans marks no other plan as the current one
