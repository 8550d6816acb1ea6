using System;
using System.Globalization;
using System.Text;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>Settings as words, e.g. <c>imbalance 0.3 orders 8 cash 5000000 window 20 latency 5 fee 0.001</c>; what is left out keeps the fixture's value.</summary>
internal sealed class WordSettings : ISettingsReader
{
    public EngineSettings? Read(RecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return null;
        string[] words = Encoding.UTF8.GetString(payload).Split(' ');
        EngineOptions options = EngineFixture.Options();
        for (int at = 0; at + 1 < words.Length; at += 2)
            options = With(options, words[at], decimal.Parse(words[at + 1], CultureInfo.InvariantCulture));
        return new EngineSettings(payload.ToArray(), options);
    }

    public static byte[] Payload(string words) => Encoding.UTF8.GetBytes(words);

    private static EngineOptions With(EngineOptions options, string name, decimal value) => name switch
    {
        "imbalance" => options with { Strategy = () => new ImbalanceStrategy((double)value), StrategyIdentity = $"imbalance {value}" },
        "orders" => options with { Risk = options.Risk with { OrdersPerSecond = (int)value } },
        "open" => options with { Risk = options.Risk with { OpenOrders = (int)value } },
        "cash" => options with { CashFor = _ => value },
        "window" => options with { TradeWindow = (int)value },
        "latency" => options with { Paper = options.Paper with { Latency = OrderLatency.Constant((long)value * 1_000_000, (long)value * 1_000_000) } },
        "queue" => options with { Paper = options.Paper with { Queue = (QueueModel)value } },
        "fee" => options with { Fees = FeeSchedule.FromFractions(value, value) },
        _ => throw new ArgumentException(name),
    };
}
