Feature: Keeping workspaces apart
  Companies use the same product, each in a workspace of its own. No page says it, and everybody relies on it.

  @assumption:isolation @needs:seeding
  Rule: Nothing of one workspace shows in another, and nothing that is done there changes it

    Background:
      Given a workspace with 3 past payments
      And another company with members, credits and payments

    Scenario: Members of another company
      Given a signed-in member
      When the member looks at Users
      Then the members of the own workspace are listed, and no others

    Scenario: Payments of another company
      Given a member who has Billing open
      When the member looks through the invoices
      Then the payments of the own workspace are listed, and no others

    Scenario: A receipt of another company
      Given a signed-in member
      When the member follows the other company's way to one of its receipts
      Then the receipt is withheld

    Scenario: Another company buys credits
      Given a member who has Billing open
      When the other company buys 4,000 credits
      Then nothing has changed on Billing

    Scenario: Another company uses credits
      Given a member who has Billing open
      When the other company runs a workflow
      Then nothing has changed on Billing
