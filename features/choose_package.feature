@doc:buy-credits
Feature: Choosing a package
  "A pop-up will show the available credit packages. Choose the amount that fits your team's usage."
  (page "Buy credits", steps 2 to 4). The first scenario holds the one documented list; `acceptance check` holds each outline against it.

  Background:
    Given a member who has Billing open

  @doc:buy-credits.3
  Rule: Add credits opens a pop-up that shows the available credit packages

    @smoke
    Scenario: The packages on sale
      When the member asks to add credits
      Then exactly these packages are on sale, in this order:
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
      And the same packages still show after the pop-up has stayed open for 5 seconds

    @assumption:leaving-the-pop-up-changes-nothing
    Scenario: Leaving without choosing
      When the member asks to add credits and leaves without choosing
      Then nothing has changed on Billing

  @doc:buy-credits.4a
  Rule: Choosing a package takes the buyer to the payment page, for that package

    Scenario Outline: Choosing <package> credits
      When the member chooses <package> credits
      Then the payment page asks for the payment of <package> credits
      And the price that was shown is what was asked for

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

    Scenario: The payment page a second time
      When the member chooses 6,000 credits, and opens the payment page a second time
      Then the payment page asks for the payment of 6,000 credits
      And the price that was shown is what was asked for
