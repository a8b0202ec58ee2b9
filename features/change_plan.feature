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

  @doc:upgrade-downgrade.2
  Rule: Upgrade plan opens a list of the available plans

    Scenario: The plans
      Given a member who has Billing open
      When the member asks to upgrade the plan
      Then several plans are available

  @doc:upgrade-downgrade.3
  Rule: An upgrade takes effect immediately after successful payment

    @needs:seeding
    Scenario: Upgrading
      Given a workspace on the plan Basic with 500 add-on credits
      And a member who has Billing open
      When the member upgrades to the plan Business
      Then the current plan is Business
      And the add-on credits are unchanged

  @doc:upgrade-downgrade.4
  Rule: A downgrade takes effect at the end of the billing cycle

    @needs:seeding
    Scenario: Before the billing cycle ends
      Given a workspace on the plan Business
      And a member who has Billing open
      When the member downgrades to the plan Basic
      Then the current plan is Business

    @needs:seeding @needs:clock
    Scenario: Once the billing cycle has ended
      Given a workspace on the plan Business with 500 add-on credits
      And a member who has Billing open
      And the member has downgraded to the plan Basic
      When the next billing cycle begins
      Then the current plan is Basic
      And the add-on credits are unchanged
