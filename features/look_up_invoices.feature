@doc:billing
Feature: Looking up invoices
  Those who keep the books find every payment again, and a receipt for each (page "Billing").

  @doc:billing.6
  Rule: Invoices list all past payments, filter them by type or date, and give receipts as PDF

    Scenario: A purchase of credits
      Given a member who has Billing open
      When the member buys 6,000 credits
      Then the newest invoice is for 6,000 credits at the price that was paid

    @needs:seeding
    Scenario: All past payments
      Given a workspace with 23 past payments
      And a member who has Billing open
      When the member looks through the invoices
      Then 23 payments are listed
      And no payment is listed twice

    @needs:seeding
    Scenario Outline: Payments for <type>
      Given a workspace with 23 past payments
      And a member who has Billing open
      When the member looks through the invoices for <type>
      Then all payments for <type> are listed
      And no other payments are listed

      Examples:
        | type    |
        | credits |
        | plans   |

    @needs:seeding
    Scenario: Payments of some months
      Given a workspace with 23 past payments
      And a member who has Billing open
      When the member looks through the invoices from May to July
      Then all payments from May to July are listed
      And no other payments are listed

    @needs:seeding
    Scenario: A receipt
      Given a workspace with 3 past payments
      And a member who has Billing open
      When the member downloads the receipt of an invoice
      Then the receipt is a PDF with the invoice's number and amount
