Feature: Signing in
  Every other scenario starts with a member who is signed in already; this one is about the way in
  (the documentation's login page: a password field with "Reset your password" below it).

  @assumption:sign-in
  Rule: A member can sign in with what the sign-in page asks for

    @needs:sign-in
    Scenario: Signing in
      Given a member who is not signed in
      When the member signs in
      Then the member can open Billing

  @doc:sign-in.1
  Rule: The login page asks for a password, and below it offers to reset it by an e-mailed code

    @needs:sign-in
    Scenario: "Reset your password"
      Given a member who is not signed in
      When the member is about to sign in
      Then "Reset your password" is offered below the password

    @needs:sign-in
    Scenario: Another password
      Given a member who is not signed in
      When somebody tries to sign in with another password, and with the right one in another case
      Then nobody is signed in

    @needs:sign-in @needs:log-out
    Scenario: Another code
      Given a member who is not signed in
      When somebody tries to reset the password with another code
      Then no password can be chosen with it

    @needs:sign-in @needs:log-out @needs:mail
    Scenario: A forgotten password
      Given a member who is not signed in
      When the member asks to reset the password
      Then a code is asked for
      And the code is in the member's mail
      And a new password can be chosen with it
      And the member can sign in with the new password

  @doc:sign-in.2
  Rule: Log out is in the profile menu

    Scenario: "Log out"
      Given a signed-in member
      When the member looks into the profile menu
      Then "Log out" is offered there
      And "Log out" is offered on Billing too

    @needs:log-out
    Scenario: Logging out
      Given a signed-in member
      When the member logs out
      Then the member has to sign in again
