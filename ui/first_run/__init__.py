"""第一次使用: the way from an empty folder to a counter that sells, on the screen."""
