namespace Obs.Cli.Runs;

/// <summary>The first place in which two things differ.</summary>
/// <param name="Where">File and row, or journal sequence.</param>
/// <param name="Why">What is different: the column, the field, or that one ends.</param>
/// <param name="Left">What the first has there.</param>
/// <param name="Right">What the second has there.</param>
internal sealed record Difference(string Where, string Why, string Left, string Right);
