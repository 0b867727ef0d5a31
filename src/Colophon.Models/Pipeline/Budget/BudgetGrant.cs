using Colophon.Models.Catalog;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline.Budget;

/// <summary>The part of a budget that one call may use: estimated before, settled after.</summary>
internal sealed class BudgetGrant
{
    private readonly ModelBudget _budget;
    private readonly ModelPrices? _prices;
    private readonly long _input;
    private readonly long _reservedTokens;
    private readonly long _reservedMicros;
    private long _output;
    private CallFacts? _facts;
    private bool _asked;

    private BudgetGrant(ModelBudget budget, ModelPrices? prices, long input, long output, bool clamps)
    {
        _budget = budget;
        _prices = prices;
        _input = input;
        MaxOutputTokens = clamps ? (int)output : null;
        _reservedTokens = input + output;
        _reservedMicros = prices?.CostMicros(input, output) ?? 0;
    }

    /// <summary>The limit to send instead of the call's own; null where that one fits.</summary>
    public int? MaxOutputTokens { get; }

    /// <summary>Estimates a call and promises it that part of the budget.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.BudgetExceeded"/> or <see cref="ModelError.PriceUnknown"/>; nothing was sent.</exception>
    public static BudgetGrant Reserve(ModelBudget budget, ModelProfile? profile, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var prices = profile?.Prices;
        if (budget.MaxMicros is not null && prices is null && budget.RefuseUnknownPrice)
        {
            throw new ModelException(
                ModelError.PriceUnknown,
                $"A budget in money is set and the price of {profile?.Name ?? "the model"} is not known.",
                "Give the price in the provider's settings, or limit tokens instead.");
        }

        var input = TokenGuess.Of(messages, options);
        long wanted = options?.MaxOutputTokens ?? profile?.DefaultMaxOutputTokens ?? budget.AssumedOutputTokens;
        var left = Math.Min(LeftByTokens(budget, input), LeftByMoney(budget, prices, input));
        var output = Math.Min(wanted, left);
        // A call that sets a small limit itself asks for no more than that.
        if (output < Math.Min(wanted, budget.MinOutputTokens))
            throw Exceeded(budget, input);
        var limited = budget.MaxTokens is not null || (budget.MaxMicros is not null && prices is not null);
        var clamps = output < wanted || (limited && options?.MaxOutputTokens is null && profile?.DefaultMaxOutputTokens is null);
        var grant = new BudgetGrant(budget, prices, input, output, clamps);
        return budget.TryReserve(grant._reservedTokens, grant._reservedMicros) ? grant : throw Exceeded(budget, input);
    }

    /// <summary>Takes note of an update that passes.</summary>
    public void Observe(ChatResponseUpdate update)
    {
        _asked = true;
        _facts ??= CallFacts.Of(update);
        foreach (var content in update.Contents)
        {
            _output += content switch
            {
                TextContent text => text.Text.Length,
                TextReasoningContent reasoning => reasoning.Text.Length,
                _ => 0,
            };
        }
    }

    /// <summary>Books the call. A reply that broke off is booked by estimate, since its provider will ask for money all the same.</summary>
    public void Settle()
    {
        var tokens = 0L;
        var micros = 0L;
        if (_facts is { InputTokens: { } input, OutputTokens: { } output } facts)
        {
            tokens = input + output;
            micros = facts.CostMicros ?? _prices?.CostMicros(input, output) ?? 0;
        }
        else if (_asked)
        {
            var guess = TokenGuess.OfLength(_output);
            tokens = _input + guess;
            micros = _prices?.CostMicros(_input, guess) ?? 0;
        }

        _budget.Settle(_reservedTokens, _reservedMicros, tokens, micros);
    }

    private static long LeftByTokens(ModelBudget budget, long input) => budget.FreeTokens is { } free ? free - input : int.MaxValue;

    private static long LeftByMoney(ModelBudget budget, ModelPrices? prices, long input)
    {
        if (budget.FreeMicros is not { } free || prices is null)
            return int.MaxValue;
        var left = free - prices.CostMicros(input, 0);
        if (left < 0)
            return -1;
        return prices.Output == 0 ? int.MaxValue : (long)Int128.Min(int.MaxValue, (Int128)left * 1_000_000 / prices.Output);
    }

    private static ModelException Exceeded(ModelBudget budget, long input)
    {
        var spent = budget.MaxMicros is { } money
            ? $"{budget.SpentMicros / 1e6:0.######} of {money / 1e6:0.######} dollars and {budget.SpentTokens} tokens are spent"
            : $"{budget.SpentTokens} of {budget.MaxTokens} tokens are spent";
        return new ModelException(
            ModelError.BudgetExceeded,
            $"The budget does not hold another call of about {input} tokens: {spent}.",
            "Raise the limit, or continue the work with a new budget.");
    }
}
