@doc:buy-credits
Feature: Finishing checkout
  "Once payment is successful, the credits are added to your account immediately" (page "Buy credits", step 4).
  Added means: on the add-on credits, once, for good, and nothing else has changed.

  @doc:buy-credits.4b
  Rule: Once payment is successful, the credits are added to the account immediately

    Scenario Outline: Buying <package> credits
      Given a member who has Billing open
      When the member buys <package> credits
      Then any thanks are for <package> credits
      And <package> add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And the credit bar's total has grown by <package> credits
      And an invoice for <package> credits at the price that was paid is listed
      And the same is shown after a reload
      And the same is shown after signing in anew
      And opening the landing address again adds nothing

      Examples: the packages on sale
        | package   |
        | 2,000     |
        | 4,000     |
        | 6,000     |
        | 11,000    |
        | 22,000    |
        | 44,000    |
        | 66,000    |
        | 115,000   |
        | 230,000   |
        | 480,000   |
        | 1,200,000 |

    @needs:workflows
    Scenario: Credits are in use
      Given a workspace with add-on credits, whose monthly credits are in use
      And a member who has Billing open
      And the member has run a large workflow
      When the member buys 6,000 credits
      Then 6,000 add-on credits are added immediately
      And the plan, the monthly credits and the used credits are unchanged
      And the credit bar's total has grown by 6,000 credits
      And an invoice for 6,000 credits at the price that was paid is listed
      And all that Billing says of credits agrees

    @needs:colleague
    Scenario: Another member of the workspace
      Given a workspace with several members
      And a member who has Billing open
      And another member of the workspace who has Billing open
      When the member buys 4,000 credits
      Then 4,000 add-on credits are added immediately
      And the same is shown to the other member after a reload
      And opening the landing address adds nothing for the other member either

    @needs:colleague
    Scenario: Another member buys
      Given a workspace with several members
      And a member who has Billing open
      When another member of the workspace buys 4,000 credits
      Then 4,000 add-on credits are added immediately
      And an invoice for 4,000 credits at the price that was paid is listed

    @needs:log-out
    Scenario: Logging out and signing in again
      Given a member who has Billing open
      When the member buys 4,000 credits
      Then 4,000 add-on credits are added immediately
      And the same is shown after logging out and signing in again

    Scenario: The payment page is closed after paying
      Given a member who has Billing open
      When the member pays for 4,000 credits and closes the payment page before it leads back
      Then 4,000 add-on credits are added immediately
      And an invoice for 4,000 credits at the price that was paid is listed

  @assumption:paid-once
  Rule: A payment is taken once, whatever a buyer does on the payment page

    Scenario: Paying impatiently
      Given a member who has Billing open
      When the member pays for 4,000 credits impatiently, twice in a row, and hurries back
      Then 4,000 add-on credits are added immediately
      And an invoice for 4,000 credits at the price that was paid is listed
      And going back asks for no other payment

  @assumption:each-payment-page-for-itself
  Rule: Each payment page is for the package that it was opened for, however many are open

    Scenario: Several payment pages at once
      Given a member who has Billing open
      When the member opens the payment pages for 4,000, 11,000 and 2,000 credits and pays on the first, the third and the second
      Then 17,000 add-on credits are added immediately
      And an invoice for each of them at the price that was paid is listed
