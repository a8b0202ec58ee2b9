@doc:buy-credits
Feature: Opening Billing
  "Go to Workspace Settings and open the Billing tab" is how buying credits begins (page "Buy credits", steps 1 and 2).
  A member gets there from wherever they are, and finds the way to more credits in one place.

  @doc:buy-credits.1
  Rule: Workspace Settings has a Billing tab

    @smoke
    Scenario: From where a member starts
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then Billing is open

    Scenario: From elsewhere in the product
      Given a signed-in member
      When the member goes to Billing in Workspace Settings from other parts of the product
      Then Billing is open

  @doc:buy-credits.2
  Rule: The Current Plan section has Add credits

    Scenario: Add credits is in the Current Plan section
      Given a signed-in member
      When the member goes to Billing in Workspace Settings
      Then the Current Plan section offers "Add credits"
