using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Per producer: the last number seen, how many, and how often one did not follow the other. Values are producer × 2^32 + number.</summary>
internal struct SumHandler(int producers) : IEventHandler<TestEvent>
{
    /// <summary>Last number of each producer.</summary>
    public readonly long[] LastNumbers = Filled(producers);

    /// <summary>Numbers that did not follow their producer's last one.</summary>
    public long OutOfOrder;

    /// <inheritdoc/>
    public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch)
    {
        int producer = (int)(entry.Value >> 32);
        long number = entry.Value & uint.MaxValue;
        if (number != LastNumbers[producer] + 1)
            OutOfOrder++;
        LastNumbers[producer] = number;
    }

    private static long[] Filled(int producers)
    {
        long[] numbers = new long[producers];
        System.Array.Fill(numbers, -1);
        return numbers;
    }
}
