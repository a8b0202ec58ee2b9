@needs:accessibility
Feature: Accessibility
  No page says that everybody can buy credits. People do it with a screen reader, by keyboard alone, on a phone,
  zoomed in, in dark mode. A site is held to this only where its profile says so (accessible = true).

  @assumption:accessible
  Rule: No guideline for web accessibility is broken on the way to more credits

    Scenario Outline: Barriers on <stop>
      Given a member who has Billing open
      When the member reaches <stop>
      Then nothing there is a barrier

      Examples:
        | stop                             |
        | Billing                          |
        | the pop-up of packages           |
        | the payment page                 |
        | the payment page after a decline |
        | Billing after the purchase       |

  @assumption:keyboard-alone
  Rule: Credits can be bought by keyboard alone

    Scenario: Buying by keyboard alone
      Given a member who has Billing open
      When the member buys 4,000 credits by keyboard alone
      Then 4,000 add-on credits are added immediately
      And the focus showed on everything that the member used

  @assumption:every-display
  Rule: Credits can be bought on a phone, zoomed in, in dark mode or with reduced motion; what is needed is in sight

    Scenario Outline: Buying <look>
      Given a member who uses the site <look>
      When the member buys 4,000 credits
      Then 4,000 add-on credits are added immediately
      And everything the member needed was visible and readable
      And the invoice for 4,000 credits shows with its price
      And the pop-up offers all documented packages that way, too

      Examples:
        | look                |
        | on a phone          |
        | with reduced motion |
        | at 200 % zoom       |
        | in dark mode        |
