namespace Concentric.Measure.Staffing;

/// <summary>What is expected after a history, and how sure that is.</summary>
public interface IForecast
{
    /// <summary>The forecast so many periods ahead, from 1.</summary>
    double At(int ahead);

    /// <summary>The value below which it will lie with that probability.</summary>
    double Quantile(int ahead, double probability);
}
