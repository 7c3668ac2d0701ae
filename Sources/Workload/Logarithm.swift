// SPDX-License-Identifier: Apache-2.0

// Logarithm and exponential from the four operations that IEEE 754 defines to the last bit. The C
// library's differ between versions, and a seed must mean the same traffic everywhere.

/// The natural logarithm; `x` above 0. Good to about 15 digits.
func naturalLogarithm(_ x: Double) -> Double {
  // x = significand * 2^exponent with the significand between √½ and √2, where the series is short.
  var significand = x.significand
  var exponent = Double(x.exponent)
  if significand > 1.414_213_562_373_095_1 {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var sum = 0.0
  var divisor = 23.0
  while divisor > 0 {
    sum = sum * square + 1 / divisor
    divisor -= 2
  }
  return 2 * ratio * sum + exponent * naturalLogarithmOfTwo
}

/// e to the power `x`, for results that a `Double` can hold. Good to about 15 digits.
func exponential(_ x: Double) -> Double {
  let exponent = (x / naturalLogarithmOfTwo).rounded()
  let rest = x - exponent * naturalLogarithmOfTwo
  var sum = 1.0
  var divisor = 17.0
  while divisor > 0 {
    sum = 1 + sum * rest / divisor
    divisor -= 1
  }
  return Double(sign: .plus, exponent: Int(exponent), significand: sum)
}

private let naturalLogarithmOfTwo = 0.693_147_180_559_945_3
