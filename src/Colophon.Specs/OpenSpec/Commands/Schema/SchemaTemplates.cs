namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary>The templates of a new schema: OpenSpec's own words, which somebody will replace by theirs.</summary>
internal static class SchemaTemplates
{
    private const string Proposal = """
        # Proposal

        ## Why

        <!-- Describe the motivation for this change -->

        ## What Changes

        <!-- Describe what will change -->

        ## Capabilities

        ### New Capabilities
        <!-- List new capabilities -->

        ### Modified Capabilities
        <!-- List modified capabilities -->

        ## Impact

        <!-- Describe the impact on existing functionality -->

        """;

    private const string Specs = """
        # Spec Delta

        ## ADDED Requirements

        ### Requirement: Example requirement

        Description of the requirement.

        #### Scenario: Example scenario
        - **WHEN** some condition
        - **THEN** some outcome

        """;

    private const string Design = """
        # Design

        ## Context

        <!-- Background and context -->

        ## Goals / Non-Goals

        **Goals:**
        <!-- List goals -->

        **Non-Goals:**
        <!-- List non-goals -->

        ## Decisions

        ### 1. Decision Name

        Description and rationale.

        **Alternatives considered:**
        - Alternative 1: Rejected because...

        ## Risks / Trade-offs

        <!-- List risks and trade-offs -->

        """;

    private const string Tasks = """
        # Tasks

        ## Implementation Tasks

        - [ ] Task 1
        - [ ] Task 2
        - [ ] Task 3

        """;

    /// <summary>The template of an artifact.</summary>
    internal static string Of(string artifact) => artifact switch
    {
        "proposal" => Proposal,
        "specs" => Specs,
        "design" => Design,
        _ => Tasks,
    };
}
