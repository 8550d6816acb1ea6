namespace Obs.Core.Models.Sequence;

/// <summary>Lets tests delay the threads of a hand-over and plant faults in it. <see cref="NoProbe"/> compiles to nothing.</summary>
internal interface IHandOverProbe
{
    /// <summary>Fault: the row is posted before its window is finished.</summary>
    bool PostsEarly { get; }

    /// <summary>Fault: the halves are taken for ready without a look.</summary>
    bool SkipsLook { get; }

    /// <summary>A thread comes by a point.</summary>
    void At(HandOverPoint point);
}
