"""The invented 柳渡街道 in 桂江区, alive: made from a fixed seed, one file an app, entry `world.build`.

Everybody in it is invented; telephone numbers are of the form 138 0000 xxxx.
"""
