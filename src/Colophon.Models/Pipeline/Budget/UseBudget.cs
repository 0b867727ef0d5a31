using Colophon.Models.Pipeline.Budget;

namespace Colophon.Models.Pipeline;

/// <summary>Adds the budget stage.</summary>
public static class BudgetPipelineExtensions
{
    /// <summary>Calls beyond the budget are refused; ask the client for its <see cref="ModelBudget"/> to see what was spent.</summary>
    public static ModelPipeline UseBudget(this ModelPipeline pipeline, ModelBudget budget) =>
        pipeline.Use(inner => new BudgetChatClient(inner, budget));
}
