namespace Obs.Core.Engine.Outputs;

/// <summary>Where the output log of a live run stands: what a snapshot notes, so that a restart knows which records it computes again.</summary>
internal interface IOutputPosition
{
    /// <summary>Folder of the log.</summary>
    string Folder { get; }

    /// <summary>Records derived so far. Engine thread, between two records. The log may hold fewer yet: a snapshot that it does not reach after a crash
    /// is passed over for an older one.</summary>
    long Derived { get; }

    /// <summary>Puts what the log holds on disk. Any thread.</summary>
    void Commit();
}
