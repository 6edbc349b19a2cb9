"""The six ways to look at the weeks; what stands under each is drawn by `pages.below`."""
