Feature: Workspace isolation
  Companies use the same product, each in a workspace of its own. No page says it, and everybody relies on it.

  @assumption:isolation @needs:two-workspaces
  Rule: Nothing of one workspace shows in another, and nothing that is done there changes it

    Background:
      Given a workspace with past payments
      And another company's workspace with members, credits and payments

    Scenario: Members of another company
      Given a signed-in member
      When the member looks at Users
      Then this workspace's members are listed
      And nobody of the other company is listed

    Scenario: Payments of another company
      Given a member who has Billing open
      When the member looks through the invoices
      Then this workspace's payments are listed
      And no payment of another workspace is listed

    Scenario: A receipt of another company
      Given a signed-in member
      When the member opens another workspace's receipt link
      Then the receipt is withheld

    Scenario: Another company buys credits
      Given a member who has Billing open
      When the other company buys 4,000 credits
      Then nothing has changed on Billing
      And opening the address that its payment led to adds nothing here

    @needs:workflows
    Scenario: Another company uses credits
      Given a member who has Billing open
      When the other company runs a workflow
      Then nothing has changed on Billing
      And what it ran on shows nowhere among the workflows here

    Scenario: Another company's billing information
      Given a member who has Billing open
      When the other company changes its billing information
      Then nothing has changed on Billing
      And receipts here do not name it
