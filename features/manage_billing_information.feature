@doc:billing
Feature: Managing billing information
  A company enters once what its invoices need: "Enter billing information", later "Manage" (page "Billing").

  @doc:billing.5
  Rule: Billing information can be entered and managed: company, tax ID, PO number, e-mail for receipts

    Scenario: What is asked for
      Given a member who has Billing open
      When the member begins to manage the billing information
      Then Company Name, Tax ID, PO Number and an e-mail address for receipts are asked for

    Scenario: Entering it for the first time
      Given a workspace without billing information
      And a member who has Billing open
      When the member enters billing information
      Then Billing shows the billing information
      And "Manage" is offered
      And it is still there after signing in anew

    Scenario Outline: Changing a part of it: <one> and <other>
      Given a workspace with billing information
      And a member who has Billing open
      When the member changes the <one> and the <other>
      Then Billing shows the billing information
      And "Manage" is offered
      And plan, credits and invoices are as before

      Examples:
        | one               | other                       |
        | company name      | PO number                   |
        | tax ID            | e-mail address for receipts |
        | company name      | PO number to nothing        |
        | tax ID to nothing | e-mail address for receipts |

    @needs:colleague
    Scenario: What another member sees of it
      Given a workspace with billing information and several members
      And a member who has Billing open
      And another member of the workspace who has Billing open
      When the member changes the company name and the PO number
      Then Billing shows the billing information
      And the other member sees it after a reload

    @needs:mail
    Scenario: Where receipts are sent
      Given a workspace with an e-mail address for receipts
      And a member who has Billing open
      And the member has bought 2,000 credits
      When the member buys 1,200,000 credits
      Then a receipt is sent to the e-mail address for receipts
      And the saved billing information is unchanged

  @assumption:invalid-information-is-refused
  Rule: Invalid information is not saved, and nothing that was entered is lost

    Scenario: An invalid e-mail address
      Given a workspace with billing information
      And a member who has Billing open
      When the member changes the PO number, and the e-mail address for receipts to "accounts at example"
      Then the member is told what is wrong with it
      And everything that was entered is still there
      And the saved billing information is unchanged

  @assumption:leaving-the-form-changes-nothing
  Rule: What is entered and not saved changes nothing

    Scenario: Leaving the form without saving
      Given a workspace with billing information
      And a member who has Billing open
      When the member enters another company name, and leaves the form without saving
      Then the saved billing information is unchanged
