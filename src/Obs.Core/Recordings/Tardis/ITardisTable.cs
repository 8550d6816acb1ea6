namespace Obs.Core.Recordings.Tardis;

/// <summary>One of the tables Tardis offers, behind its header line.</summary>
internal interface ITardisTable
{
    /// <summary>Reads the rows to the end.</summary>
    void Read(ByteSource source, ImportContext context, TardisCells cells);
}
