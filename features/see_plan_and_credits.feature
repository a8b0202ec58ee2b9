@doc:billing
Feature: Seeing plan and credits
  Billing tells which plan a workspace is on, and how many credits are left of the plan's own and of those that were
  bought (page "Billing").

  @doc:billing.1
  Rule: Billing shows the current plan with its credits, the billing information and the invoices

    Scenario: What Billing is made of
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then Billing shows the current plan, the billing information and the invoices

  @doc:billing.2
  Rule: The current plan is shown by name

    Scenario: A plan has a name
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then Billing names the current plan

    @needs:plans
    Scenario: The plan that was paid for
      Given a workspace on a plan that was paid for
      And a signed-in member
      When the member goes to Billing in Workspace Settings
      Then the current plan is the one that was paid for

  @doc:billing.3
  Rule: One credit bar shows usable and consumed credits, and monthly credits separately from add-on credits

    Scenario: The credit bar
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then one credit bar is shown
      And monthly credits and add-on credits are shown separately
      And all that Billing says of credits agrees

    Scenario: Credits that are used in part
      Given a workspace with monthly and add-on credits, some of them used
      And a signed-in member
      When the member goes to Billing in Workspace Settings
      Then the usable credits of both kinds are shown
      And the used credits are shown as consumed
      And the credit bar shows the usable credits of all
      And all that Billing says of credits agrees
      And the same still shows after Billing has stayed open for 6 seconds

    Scenario: The credit bar after buying
      Given a member who has Billing open
      When the member buys 66,000 credits
      Then 66,000 add-on credits are added immediately
      And the credit bar's total has grown by 66,000 credits
      And all that Billing says of credits agrees
      And the same still shows after Billing has stayed open for 6 seconds

  @doc:billing.4
  Rule: Adding credits does not change the plan

    Scenario: The plan after buying
      Given a member who has Billing open
      When the member buys 2,000 credits
      Then 2,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And the same is shown after a reload
      And what Billing says of the plan is unchanged
      And Billing is as complete as before
      And several plans are still available
