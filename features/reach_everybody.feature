@needs:accessibility
Feature: Buying credits, whoever buys
  No page says that everybody can buy credits. People do it with a screen reader, by keyboard alone, on a phone,
  enlarged, in the dark. A site is held to this only where its profile says so (accessible = true).

  @assumption:accessible
  Rule: No guideline for web accessibility is broken on the way to more credits

    Scenario Outline: Barriers on <stop>
      Given a member who has Billing open
      When the member has come to <stop>
      Then nothing there is a barrier

      Examples:
        | stop                       |
        | Billing                    |
        | the pop-up of packages     |
        | the payment page           |
        | Billing after the purchase |

  @assumption:keyboard-alone
  Rule: Credits can be bought by keyboard alone

    Scenario: Buying by keyboard alone
      Given a member who has Billing open
      When the member buys 4,000 credits by keyboard alone
      Then 4,000 add-on credits are added immediately

  @assumption:however-it-is-looked-at
  Rule: Credits can be bought however the site is looked at, and all that is needed shows

    Scenario Outline: Buying <look>
      Given the site is seen <look>
      And a member who has Billing open
      When the member buys 4,000 credits and minds what can be seen
      Then 4,000 add-on credits are added immediately
      And nothing that was needed was cut off or hard to read

      Examples:
        | look                |
        | on a phone          |
        | with reduced motion |
        | at 200 % zoom       |
        | in dark mode        |
