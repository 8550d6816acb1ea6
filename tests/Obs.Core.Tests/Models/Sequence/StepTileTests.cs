using System;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed unsafe class StepTileTests
{
    private const int Slots = 6;

    private readonly SequenceNetwork _network = SequenceNetwork.Create(ModelFixture.Model(hidden: 21, features: 4, window: Slots, layers: 3));

    [Test]
    public void A_tile_takes_each_window_one_step([Values(1, 2, 3, 4)] int windows)
    {
        (WindowStates expected, WindowStates actual, AlignedFloats rows) = Given();
        StepTile tile = new(_network, actual);
        for (int slot = 0; slot < windows; slot++)
        {
            PlainStep(expected, slot, Row(rows, slot));
            tile.Add(slot, Row(rows, slot));
        }
        Finish(tile);
        AssertSame(expected, actual);
    }

    [Test]
    public void The_windows_of_a_tile_may_lie_anywhere_and_take_different_rows()
    {
        (WindowStates expected, WindowStates actual, AlignedFloats rows) = Given();
        StepTile tile = new(_network, actual);
        foreach ((int slot, int row) in ((int, int)[])[(5, 0), (0, 3), (3, 3)])
        {
            PlainStep(expected, slot, Row(rows, row));
            tile.Add(slot, Row(rows, row));
        }
        Assert.That((tile.Holds(3), tile.Holds(1), tile.Slot(1)), Is.EqualTo((true, false, 0)));
        Finish(tile);
        AssertSame(expected, actual);
    }

    [Test]
    public void A_step_under_way_is_not_disturbed_by_another_tile([Range(1, 40, 3)] int itemsBefore)
    {
        (WindowStates expected, WindowStates actual, AlignedFloats rows) = Given();
        (StepTile slow, StepTile urgent) = (new(_network, actual), new(_network, actual));
        foreach (int slot in (int[])[0, 1, 2, 4])
            PlainStep(expected, slot, Row(rows, slot));
        slow.Add(0, Row(rows, 0));
        slow.Add(1, Row(rows, 1));
        slow.Add(2, Row(rows, 2));
        bool done = false;
        for (int item = 0; item < itemsBefore && !done; item++)
            done = slow.RunItem(out _);
        urgent.Add(4, Row(rows, 4));
        Finish(urgent);
        if (!done)
            Finish(slow);
        AssertSame(expected, actual);
    }

    [Test]
    public void Every_item_has_a_cost_below_what_a_slice_may_add_to_its_budget([Values(1, 21, 100, 200, 256)] int hidden)
    {
        SequenceNetwork network = SequenceNetwork.Create(ModelFixture.Model(hidden: hidden, features: 6, window: 2, layers: 2), VectorWidth.Lanes16);
        StepTile tile = new(network, new WindowStates(network, slots: 4));
        AlignedFloats row = new(network.PreStride);
        for (int slot = 0; slot < 4; slot++)
            tile.Add(slot, row.Pointer);
        bool done = false;
        while (!done)
        {
            done = tile.RunItem(out int cost);
            Assert.That(
                cost,
                Is.InRange(1, 4_200),
                "2,600 + 4,200 units are less than 2 µs at a third of a nanosecond each, with some to spare");
        }
    }

    [Test]
    public void Prepared_halves_are_the_recurrent_products_of_every_layer()
    {
        (WindowStates states, _, _) = Given();
        PreparedHalves prepared = new(_network, states);
        Assert.That(prepared.IsReady, Is.False);
        while (!prepared.IsReady)
            Assert.That(prepared.RunItem(slot: 2), Is.Positive);
        AlignedFloats expected = new(_network.PreStride);
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            _network.Multiply(_network.Recurrents[layer], states.Hidden(2, layer), expected.Pointer);
            Assert.That(
                new Span<float>(prepared.Half(layer), _network.PreStride).ToArray(),
                Is.EqualTo(expected.Span.ToArray()),
                $"layer {layer}");
        }
        prepared.Clear();
        Assert.That(prepared.IsReady, Is.False, "another window needs its own");
    }

    private static void Finish(StepTile tile)
    {
        while (!tile.RunItem(out _))
        {
            // to the end of the step
        }
    }

    private (WindowStates Expected, WindowStates Actual, AlignedFloats Rows) Given()
    {
        (WindowStates expected, WindowStates actual) = (new(_network, Slots), new(_network, Slots));
        Random random = new(11);
        foreach (int slot in (int[])[0, 1, 2, 3, 4, 5])
        {
            for (int layer = 0; layer < _network.LayerCount; layer++)
            {
                for (int unit = 0; unit < _network.Hidden; unit++)
                {
                    expected.Hidden(slot, layer)[unit] = actual.Hidden(slot, layer)[unit] = (float)(random.NextDouble() - 0.5);
                    expected.Cell(slot, layer)[unit] = actual.Cell(slot, layer)[unit] = (float)(random.NextDouble() - 0.5);
                }
            }
        }
        AlignedFloats rows = new(Slots * _network.PreStride);
        for (int i = 0; i < rows.Length; i++)
            rows.Span[i] = (float)(random.NextDouble() - 0.5);
        return (expected, actual, rows);
    }

    private float* Row(AlignedFloats rows, int index) => rows.Pointer + (index * _network.PreStride);

    private void PlainStep(WindowStates states, int slot, float* input)
    {
        (AlignedFloats upper, AlignedFloats recurrent) = (new(_network.PreStride), new(_network.PreStride));
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            _network.Multiply(_network.Recurrents[layer], states.Hidden(slot, layer), recurrent.Pointer);
            if (layer > 0)
            {
                input = upper.Pointer;
                _network.Multiply(_network.Inputs[layer], states.Hidden(slot, layer - 1), input);
            }
            _network.ApplyGates(input, recurrent.Pointer, states.Cell(slot, layer), states.Hidden(slot, layer));
        }
    }

    private void AssertSame(WindowStates expected, WindowStates actual)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            for (int layer = 0; layer < _network.LayerCount; layer++)
            {
                Assert.That(
                    Units(actual.Hidden(slot, layer)),
                    Is.EqualTo(Units(expected.Hidden(slot, layer))),
                    $"h of slot {slot}, layer {layer}");
                Assert.That(
                    Units(actual.Cell(slot, layer)),
                    Is.EqualTo(Units(expected.Cell(slot, layer))),
                    $"c of slot {slot}, layer {layer}");
            }
        }
    }

    private float[] Units(float* state) => new Span<float>(state, _network.Hidden).ToArray();
}
