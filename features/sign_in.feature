Feature: Signing in
  Every other scenario starts with a member who is signed in already; this one is about the way in
  (the documentation's login page: a password field with "Reset your password" below it).

  @assumption:sign-in
  Rule: A member gets in with what the sign-in page asks for

    @needs:sign-in
    Scenario: Signing in
      Given a member who is not signed in
      When the member signs in
      Then the member can open Billing
