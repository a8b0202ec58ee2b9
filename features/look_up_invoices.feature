@doc:billing
Feature: Looking up invoices
  Those who keep the books find every payment again, and a receipt for each (page "Billing").

  @doc:billing.6
  Rule: Invoices list all past payments, filter them by type or date, and give receipts as PDF

    Scenario: A purchase of credits
      Given a member who has Billing open
      And an earlier payment is listed among the invoices
      When the member buys 1,200,000 credits
      Then one invoice is added, for 1,200,000 credits at the price that was paid
      And it is dated today, and is not marked as unpaid
      And all earlier invoices are still listed
      And its receipt is a PDF with the number, the date and the amount of its invoice, and names no other credits
      And it is listed among the payments for credits
      And it is not listed among the payments for plans

    @needs:colleague
    Scenario: A purchase of another member
      Given a workspace with several members
      And a member who has Billing open
      When another member of the workspace buys 2,000 credits
      Then an invoice for 2,000 credits at the price that was paid is listed
      And the receipt of that invoice can be downloaded

    Scenario: A purchase among the payments of its day
      Given a member who has Billing open
      And an earlier payment is listed among the invoices
      When the member buys 2,000 credits
      Then one invoice is added, for 2,000 credits at the price that was paid
      And it is listed among the payments of its day

    Scenario: All past payments
      Given a workspace with past payments
      And a member who has Billing open
      When the member looks through the invoices
      Then all payments are listed
      And no payment is listed twice

    @needs:colleague
    Scenario: What another member finds of them
      Given a workspace with past payments and several members
      And a member who has Billing open
      And another member of the workspace who has Billing open
      When the member looks through the invoices
      Then the other member finds the same payments
      And the other member is given their receipts, too

    Scenario Outline: Payments for <type>
      Given a workspace with past payments for credits and for plans
      And a member who has Billing open
      When the member looks through the invoices for <type>
      Then all payments for <type> are listed
      And no other payments are listed
      And without the filter, all payments are listed again

      Examples:
        | type    |
        | credits |
        | plans   |

    Scenario: Payments of a part of the time
      Given a workspace with payments of several days
      And a member who has Billing open
      When the member looks through the invoices of a part of that time
      Then all payments of that time are listed
      And no other payments are listed

    Scenario: Receipts
      Given a workspace with past payments
      And a member who has Billing open
      When the member downloads receipts of new and of older payments, for credits and for plans
      Then each receipt is a PDF with the number, the date and the amount of its invoice, and names no other credits
