using System;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed unsafe class SequenceNetworkTests
{
    [Test]
    public void Panel_by_panel_is_the_whole_product([Values] VectorWidth width, [Values(1, 2, 3, 4)] int windows, [Values(1, 9, 33, 100)] int hidden)
    {
        SequenceNetwork network = SequenceNetwork.Create(ModelFixture.Model(hidden: hidden, layers: 2), width);
        float** inputs = stackalloc float*[StepTile.WindowsMax];
        foreach (PackedMatrix matrix in (PackedMatrix[])[network.Recurrents[0], network.Inputs[1]])
        {
            AlignedFloats x = new(windows * network.StateStride);
            for (int i = 0; i < x.Length; i++)
                x.Span[i] = MathF.Sin(i);
            (AlignedFloats whole, AlignedFloats panels) = (new(windows * network.PreStride), new(windows * network.PreStride));
            for (int window = 0; window < windows; window++)
            {
                inputs[window] = x.Pointer + (window * network.StateStride);
                network.Multiply(matrix, inputs[window], whole.Pointer + (window * network.PreStride));
            }
            for (int panel = matrix.Panels - 1; panel >= 0; panel--)
                network.MultiplyPanel(matrix, panel, inputs, windows, panels.Pointer);
            Assert.That(panels.Span.ToArray(), Is.EqualTo(whole.Span.ToArray()));
        }
    }

    [Test]
    public void A_width_is_the_one_asked_for([Values(VectorWidth.Lanes4, VectorWidth.Lanes8, VectorWidth.Lanes16)] VectorWidth width) =>
        Assert.That(SequenceNetwork.Create(ModelFixture.Model(), width).Lanes, Is.EqualTo((int)width));

    [Test]
    public void Strides_leave_room_for_the_last_vector([Values(1, 3, 16, 100, 101)] int hidden, [Values] ModelKind kind)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden);
        SequenceNetwork network = SequenceNetwork.Create(model);
        Assert.Multiple(() =>
        {
            Assert.That(network.StateStride, Is.GreaterThanOrEqualTo(hidden));
            Assert.That(network.StateStride % 16, Is.Zero);
            Assert.That(network.PreStride, Is.GreaterThanOrEqualTo((model.Gates * hidden) + 15));
        });
    }

    [Test]
    public void States_lie_apart_and_go_back_to_zero()
    {
        SequenceNetwork network = SequenceNetwork.Create(ModelFixture.Model(hidden: 5, layers: 2));
        WindowStates states = new(network, slots: 3);
        float mark = 1;
        for (int slot = 0; slot < states.Slots; slot++)
        {
            for (int layer = 0; layer < 2; layer++)
            {
                new Span<float>(states.Hidden(slot, layer), network.StateStride).Fill(mark++);
                new Span<float>(states.Cell(slot, layer), network.StateStride).Fill(mark++);
            }
        }
        states.Zero(1);
        mark = 1;
        for (int slot = 0; slot < states.Slots; slot++)
        {
            for (int layer = 0; layer < 2; layer++)
            {
                Assert.That(
                    new Span<float>(states.Hidden(slot, layer), network.StateStride).ToArray(),
                    Is.All.EqualTo(slot == 1 ? 0 : mark),
                    $"h {slot}/{layer}");
                mark++;
                Assert.That(
                    new Span<float>(states.Cell(slot, layer), network.StateStride).ToArray(),
                    Is.All.EqualTo(slot == 1 ? 0 : mark),
                    $"c {slot}/{layer}");
                mark++;
            }
        }
        states.ZeroAll();
        Assert.That((*states.Hidden(0, 0), *states.Cell(2, 1)), Is.EqualTo((0f, 0f)));
    }

    [Test]
    public void Sessions_of_two_markets_share_weights_and_nothing_else()
    {
        SequenceModel model = ModelFixture.Model(hidden: 12, features: 3, window: 6, layers: 2);
        SequenceNetwork network = SequenceNetwork.Create(model);
        double[][] first = ModelFixture.Rows(30, 3, seed: 1), second = ModelFixture.Rows(30, 3, seed: 2);
        long[] expectedFirst = SessionRuns.Diligent(new StaggeredSession(network), first);
        long[] expectedSecond = SessionRuns.Diligent(new StaggeredSession(network), second);
        (ISequenceSession a, ISequenceSession b) = (SequenceSessions.Create(network), SequenceSessions.Create(network));
        for (int row = 0; row < 30; row++)
        {
            Assert.That(SessionRuns.Run(a, [first[row]], _ => 2)[0], Is.EqualTo(expectedFirst[row]), $"first market, row {row}");
            Assert.That(
                SessionRuns.Run(b, [second[row]], _ => 1)[0],
                Is.EqualTo(expectedSecond[row]),
                $"second market, row {row}");
        }
    }
}
