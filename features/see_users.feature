@doc:users
Feature: Seeing users
  Who shares a workspace shares its credits; Users tells who they are (page "Users").

  @doc:users.1
  Rule: Users lists the members with their role, access and last login

    Scenario: The member's own entry
      Given a signed-in member
      When the member looks at Users
      Then the member is listed with role, access and last login

    @needs:colleague
    Scenario: Everybody
      Given a workspace with several members
      And a signed-in member
      When the member looks at Users
      Then all members are listed with role, access and last login
      And they are listed alike to another member
