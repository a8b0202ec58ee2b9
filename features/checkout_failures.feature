Feature: Payments that do not go through
  No page says what happens when a payment is left, declined or challenged. A buyer expects that nothing is added
  without a payment, and that a failed attempt does not stand in the way of the next.

  Background:
    Given a member who has Billing open

  @assumption:unpaid-adds-nothing
  Rule: Leaving the payment page without paying adds nothing, and the journey can be taken again

    Scenario: Leaving the payment page
      When the member chooses 4,000 credits and leaves the payment page without paying
      Then the member is not told that anything was paid
      And nothing has changed on Billing

    Scenario: Buying another package after having left the payment page
      Given the member has left the payment page for 4,000 credits without paying
      And the member has left the payment page for 6,000 credits without paying
      And the member has left the payment page for 2,000 credits without paying
      When the member buys 6,000 credits
      Then 6,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 6,000 credits at the price that was paid is listed

    Scenario: Opening the address that a payment would have led to
      Given the member has bought 2,000 credits
      When the member leaves the payment page for 6,000 credits without paying, and opens the address paying leads to
      Then the member is not told that anything was paid
      And nothing has changed on Billing

  @assumption:declined-adds-nothing
  Rule: A declined card adds nothing and says so, and another card then succeeds

    Scenario Outline: A card that is declined: <card>
      When the member tries to buy 6,000 credits with a card that is <card>
      Then the payment page says that the card is <card>
      And nothing has changed on Billing

      Examples:
        | card                       |
        | declined                   |
        | without sufficient funds   |
        | expired                    |

    Scenario: Leaving the payment page after a decline
      When the member has a card declined for 6,000 credits, and leaves the payment page
      Then the member is not told that anything was paid
      And nothing has changed on Billing

    Scenario: Another card after two declines
      Given the member has tried to buy 6,000 credits with a card that is declined
      And the member has tried another card, which is without sufficient funds
      When the member pays with another card
      Then 6,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 6,000 credits at the price that was paid is listed

    Scenario: Buying again after a decline
      Given the member has tried to buy 6,000 credits with a card that is declined
      When the member buys 4,000 credits
      Then 4,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 4,000 credits at the price that was paid is listed

  @assumption:challenge-decides
  Rule: A payment that needs 3-D Secure succeeds when it is completed, and adds nothing when it fails

    Scenario: Completing 3-D Secure
      When the member buys 2,000 credits with a card that needs 3-D Secure and completes it
      Then 2,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 2,000 credits at the price that was paid is listed

    Scenario: Failing 3-D Secure
      When the member tries to buy 2,000 credits with a card that needs 3-D Secure and fails it
      Then the payment page says that the card could not be authenticated
      And nothing has changed on Billing

    Scenario: Leaving 3-D Secure unanswered
      When the member tries to buy 2,000 credits with a card that needs 3-D Secure and leaves without answering
      Then the member is not told that anything was paid
      And nothing has changed on Billing

    Scenario: Another card after failing 3-D Secure
      Given the member has tried to buy 2,000 credits with a card that needs 3-D Secure and has failed it
      When the member pays with another card
      Then 2,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And an invoice for 2,000 credits at the price that was paid is listed
